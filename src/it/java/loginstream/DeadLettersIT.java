package loginstream;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import loginstream.fixture.Cluster;
import loginstream.fixture.DeadLetterRecords;
import loginstream.fixture.Logins;
import loginstream.fixture.PipelineProcess;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The dead-letter commands as a user types them, each in a process of its own. */
@ExtendWith(SharedBroker.class)
class DeadLettersIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] REPAIR = {
        "redrive", "--reason", "device_type: missing", "--edit", "device_type=unknown"
    };

    @Test
    void repairsWhatWasMissingOnce(Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(2);
        cluster.sendValues(
                topics.input(),
                List.of(
                        Logins.bytes(Logins.withoutDevice(1)),
                        Logins.bytes("not JSON"),
                        Logins.bytes(Logins.withoutDevice(2))));
        try (Application application = new Application(topics.settings(cluster))) {
            application.start();
            await().atMost(30, SECONDS).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));

            // When
            Outcome planned = run(cluster, topics, with(REPAIR, "--dry-run"));
            Outcome unasked = run(cluster, topics, REPAIR);
            Outcome first = run(cluster, topics, with(REPAIR, "--yes"));
            Outcome second = run(cluster, topics, with(REPAIR, "--yes"));

            // Then
            assertThat(planned.code()).isZero();
            assertThat(planned.output())
                    .contains("would redrive 2 of 2 records", "with \"device_type\" set to \"unknown\"");
            assertThat(unasked.code()).isEqualTo(2);
            assertThat(unasked.output().strip()).hasLineCount(1).contains("--yes");
            assertThat(first).isEqualTo(new Outcome(0, "redrove 2 of 2 records\n"));
            assertThat(second).isEqualTo(new Outcome(0, "redrove 0 of 2 records: 2 already redriven\n"));
            await().atMost(30, SECONDS)
                    .until(() -> cluster.readCommitted(topics.output()).size() == 2);
        }
        assertThat(cluster.readCommitted(topics.output()))
                .allMatch(record -> Logins.text(record.value()).contains("\"device_type\":\"unknown\""));
        assertThat(cluster.readCommitted(topics.input())).hasSize(5);
    }

    @Test
    void killedInTheMiddleAndRepeatedSendsEachOnce(Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(3);
        int count = 4_000;
        cluster.send(DeadLetterRecords.withoutDevice(topics, count));
        String[] command = with(REPAIR, "--yes", "--rate", "1000");

        // When
        for (int kill = 1; kill <= 3; kill++) {
            long before = written(cluster, topics);
            try (PipelineProcess process =
                    PipelineProcess.start(topics.properties(cluster), with(new String[] {"dead-letters"}, command))) {
                await().atMost(60, SECONDS).until(() -> written(cluster, topics) > before + 200);
                // Any moment of a transaction: there is no condition to wait for.
                LockSupport.parkNanos(kill * 37_000_000L);
                assertThat(process.process().isAlive()).isTrue();
            }
        }
        Outcome last = run(cluster, topics, with(REPAIR, "--yes"));

        // Then
        assertThat(last.code()).isZero();
        assertThat(last.output()).startsWith("redrove ").contains(" of 4000 records: ", " already redriven");
        assertThat(cluster.readCommitted(topics.input()))
                .extracting(record ->
                        Logins.text(record.headers().lastHeader("trace").value()))
                .hasSize(count)
                .doesNotHaveDuplicates();
    }

    @Test
    void listsShowsAndCounts(Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        cluster.send(List.of(
                DeadLetterRecords.of(
                        topics, 0, "\u001b[31mred", "unparseable", "not JSON: Unexpected character '\u001b'", 0),
                DeadLetterRecords.of(topics, 1, Logins.withoutDevice(1), "invalid", "device_type: missing", 0),
                DeadLetterRecords.of(
                        topics,
                        2,
                        Logins.withoutDevice(2),
                        "invalid",
                        "device_type: missing; ip: not an IP address: \"a\"",
                        1)));
        run(cluster, topics, "redrive", topics.deadLetter() + "-0@1", "--yes");

        // When
        Outcome list = run(cluster, topics, "list");
        Outcome json = run(cluster, topics, "list", "--json", "--failure", "invalid", "--limit", "1");
        Outcome pending = run(cluster, topics, "list", "--json", "--pending", "--reason", "DEVICE_TYPE");
        Outcome show = run(cluster, topics, "show", topics.deadLetter() + "-0@0");
        Outcome stats = run(cluster, topics, "stats", "--json");

        // Then
        assertThat(List.of(list, json, pending, show, stats)).allMatch(outcome -> outcome.code() == 0);
        assertThat(list.output().lines().map(line -> line.split("  +")[0]))
                .containsExactly(
                        "POSITION",
                        topics.deadLetter() + "-0@2",
                        topics.deadLetter() + "-0@1",
                        topics.deadLetter() + "-0@0");
        assertThat(list.output()).doesNotContain("\u001b").contains("'\\u001b'");
        JsonNode newest = JSON.readTree(json.output());
        assertThat(newest.get("position").asText()).isEqualTo(topics.deadLetter() + "-0@2");
        assertThat(newest.get("redrives").asInt()).isEqualTo(1);
        assertThat(newest.get("redriven").asBoolean()).isFalse();
        assertThat(pending.output().strip()).hasLineCount(1).contains("-0@2\"");
        assertThat(show.output())
                .doesNotContain("\u001b")
                .contains("\\u001b[31mred", "kafka_dlt-original-offset     0\n", "key: k0");
        JsonNode counts = JSON.readTree(stats.output());
        assertThat(counts.get("total").asInt()).isEqualTo(3);
        assertThat(counts.get("redriven").asInt()).isEqualTo(1);
        assertThat(counts.get("by_reason").get("device_type: missing").asInt()).isEqualTo(2);
        assertThat(counts.get("by_reason").get("ip: not an IP address").asInt()).isEqualTo(1);
    }

    @Test
    void saysInOneLineWhatIsNotThere(Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        TestTopics missing = new TestTopics(topics.input(), topics.output(), "not-there", topics.group());

        // When
        Outcome noTopic = run(cluster, missing, "list");
        Outcome noRecord = run(cluster, topics, "show", topics.deadLetter() + "-0@7");
        Outcome otherTopic = run(cluster, topics, "show", topics.input() + "-0@7");
        Outcome noBroker;
        try (PipelineProcess process = PipelineProcess.start(
                topics.properties(cluster, "kafka.bootstrap.servers", "localhost:1"), "dead-letters", "list")) {
            noBroker = new Outcome(process.exitCode(30), process.output());
        }

        // Then
        assertThat(noTopic.code()).isEqualTo(1);
        assertThat(noTopic.output().strip())
                .hasLineCount(1)
                .startsWith("loginstream: the dead-letter topic not-there is not there on ");
        assertThat(noRecord.code()).isEqualTo(1);
        assertThat(noRecord.output().strip()).hasLineCount(1).contains("there is no record at ");
        assertThat(otherTopic.code()).isEqualTo(2);
        assertThat(otherTopic.output()).contains("is not in " + topics.deadLetter());
        assertThat(noBroker.code()).isEqualTo(1);
        assertThat(noBroker.output().strip()).hasLineCount(1).contains("localhost:1 cannot be reached");
    }

    private record Outcome(int code, String output) {}

    private static Outcome run(Cluster cluster, TestTopics topics, String... arguments) throws InterruptedException {
        try (PipelineProcess process =
                PipelineProcess.start(topics.properties(cluster), with(new String[] {"dead-letters"}, arguments))) {
            return new Outcome(process.exitCode(60), process.output());
        }
    }

    private static String[] with(String[] arguments, String... more) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static long written(Cluster cluster, TestTopics topics) {
        return cluster.ends(topics.input()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
