package loginstream;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import loginstream.fixture.Cluster;
import loginstream.fixture.NumberedLogins;
import loginstream.fixture.PipelineProcess;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Records of the past once more, by the command that a user has. */
@ExtendWith(SharedBroker.class)
class ReplayIT {
    private static final Instant BASE = Instant.now().minusSeconds(86_400).truncatedTo(ChronoUnit.MILLIS);

    @Test
    void sendsWhatIsOfThatTimeAndLeavesTheLivePipelineAlone(Cluster cluster) throws Exception {
        // Given
        TestTopics live = cluster.freshTopics(2);
        feed(cluster, live, 0, 3_000);
        runLive(cluster, live, 3_000);
        Map<TopicPartition, Long> committed = cluster.committed(live.group());
        int results = cluster.readCommitted(live.output()).size();
        TestTopics tried = tried(live);

        // When
        String dry =
                replay(cluster, live, 0, "--output", tried.output(), "--from", at(0), "--to", at(2_000), "--dry-run");
        List<String> topics = new ArrayList<>(cluster.topics());
        String out = replay(cluster, live, 0, "--output", tried.output(), "--from", at(0), "--to", at(2_000));
        String again = replay(cluster, live, 0, "--output", tried.output(), "--from", at(0), "--to", at(2_000));

        // Then
        assertThat(dry).contains("beginning with ", "about 2000 records", "nothing was sent: that was a dry run");
        assertThat(topics).doesNotContain(tried.output());
        assertThat(out).contains("made the topic " + tried.output(), "records                2,000", "done");
        assertThat(again).contains("going on with ", "about 0 records", "it was done before");
        NumberedLogins.assertExactlyOnce(cluster, tried, 2_000);
        assertThat(cluster.committed(live.group())).isEqualTo(committed);
        assertThat(cluster.readCommitted(live.output())).hasSize(results);
    }

    @Test
    void triesAnEditOnWhatHasBeen(@TempDir Path routes, Cluster cluster) throws Exception {
        // Given
        TestTopics live = cluster.freshTopics(1);
        feed(cluster, live, 0, 500);
        String step = "        - process:\n            ref: loginValidator\n";
        String route = Files.readString(Path.of("routes/user-login.camel.yaml"));
        Files.writeString(
                routes.resolve("x.camel.yaml"),
                route.replace(
                        step,
                        step + "        - setHeader:\n            name: tried\n            constant: yes\n"
                                + "        - to: kafka:" + live.output() + "\n"
                                + "        - to: kafka:" + live.input() + "\n"));
        String audit = live.group() + "-audit";
        Files.writeString(
                routes.resolve("audit.camel.yaml"),
                "- route: {from: {uri: 'kafka:" + live.input() + "?groupId=" + audit + "', steps: [{log: seen}]}}");
        TestTopics tried = tried(live);
        cluster.create(tried.output() + "." + live.output(), 1);
        cluster.create(tried.output() + "." + live.input(), 1);

        // When
        String out = replay(
                cluster,
                live,
                0,
                "--output",
                tried.output(),
                "--from",
                at(0),
                "--routes",
                routes.toString(),
                "--limit",
                "100");

        // Then
        assertThat(out).contains("records                  100", "done");
        assertThat(cluster.readCommitted(tried.output()))
                .isNotEmpty()
                .allMatch(record -> record.headers().lastHeader("tried") != null);
        NumberedLogins.assertExactlyOnce(cluster, tried, 100);
        assertThat(cluster.readCommitted(live.output())).isEmpty();
        assertThat(cluster.readCommitted(tried.output() + "." + live.output())).hasSize(95);
        assertThat(cluster.readCommitted(tried.output() + "." + live.input())).hasSize(95);
        assertThat(cluster.readCommitted(live.input())).hasSize(500);
        assertThat(cluster.committed(audit)).isEmpty();
    }

    @Test
    void refusesTheLiveOutputTopic(Cluster cluster) throws Exception {
        // Given
        TestTopics live = cluster.freshTopics(1);

        // When
        String out = replay(cluster, live, 2, "--output", live.output(), "--from", at(0));

        // Then
        assertThat(out).contains("is the live output topic: say --into-live-topic if that is meant");
    }

    @Test
    void goesSlowlyWithoutOutlastingATransaction(Cluster cluster) throws Exception {
        // Given
        TestTopics live = cluster.freshTopics(1);
        feed(cluster, live, 0, 500);
        TestTopics tried = tried(live);

        // When
        String out =
                replay(cluster, live, 0, "--output", tried.output(), "--from", at(0), "--rate", "20", "--limit", "120");

        // Then
        assertThat(out).contains("records                  120", "done").doesNotContain("did not commit");
        NumberedLogins.assertExactlyOnce(cluster, tried, 120);
    }

    @Test
    void saysThatNoRouteConsumesTheInput(@TempDir Path routes, Cluster cluster) throws Exception {
        // Given
        TestTopics live = cluster.freshTopics(1);
        feed(cluster, live, 0, 10);
        Files.writeString(routes.resolve("x.camel.yaml"), "- route: {from: {uri: 'direct:x', steps: [{log: seen}]}}");

        // When
        String out = replay(
                cluster, live, 2, "--output", tried(live).output(), "--from", at(0), "--routes", routes.toString());

        // Then
        assertThat(out).contains("no route consumes " + live.input());
    }

    @Test
    void goesOnWhereItWasKilled(Cluster cluster) throws Exception {
        killed(cluster, 30_000, 1);
    }

    @Test
    @Tag("long")
    void goesOnWhereItWasKilledTwiceInTwoHundredThousandRecords(Cluster cluster) throws Exception {
        killed(cluster, 200_000, 2);
    }

    private void killed(Cluster cluster, int count, int kills) throws Exception {
        // Given
        TestTopics live = cluster.freshTopics(2);
        feed(cluster, live, 0, count);
        TestTopics tried = tried(live);
        String[] arguments = {
            "replay",
            "--output",
            tried.output(),
            "--from",
            at(0),
            "--to",
            at(count),
            "--rate",
            Integer.toString(count / 10)
        };

        // When
        for (int kill = 1; kill <= kills; kill++) {
            int enough = count * kill / (kills + 2);
            try (PipelineProcess process = PipelineProcess.start(live.properties(cluster), arguments)) {
                await().atMost(60, SECONDS)
                        .until(() -> cluster.topics().contains(tried.output())
                                && cluster.committedEnds(tried.output()).values().stream()
                                                .mapToLong(Long::longValue)
                                                .sum()
                                        > enough);
                process.signal("KILL");
                process.exitCode(10);
            }
        }
        String out = replay(cluster, live, 0, Stream.of(arguments).skip(1).toArray(String[]::new));

        // Then
        assertThat(out).contains("going on with ", "done");
        NumberedLogins.assertExactlyOnce(cluster, tried, count);
    }

    private static TestTopics tried(TestTopics live) {
        String output = live.output() + "-tried";
        return new TestTopics(live.input(), output, output + ".dlq", live.group());
    }

    /** A millisecond after the other. */
    private static void feed(Cluster cluster, TestTopics topics, int from, int to) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        int n = from;
        for (ProducerRecord<byte[], byte[]> record : NumberedLogins.records(topics, from, to)) {
            records.add(new ProducerRecord<>(
                    record.topic(), null, BASE.toEpochMilli() + n++, record.key(), record.value()));
        }
        cluster.send(records);
    }

    private static String at(int n) {
        return BASE.plusMillis(n).toString();
    }

    private static void runLive(Cluster cluster, TestTopics live, int count) throws Exception {
        try (Application application = new Application(live.settings(cluster))) {
            application.start();
            await().atMost(30, SECONDS)
                    .until(() -> application.metrics().totals().in() == count);
        }
    }

    private static String replay(Cluster cluster, TestTopics live, int exitCode, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("replay"));
        arguments.addAll(List.of(options));
        try (PipelineProcess process =
                PipelineProcess.start(live.properties(cluster), arguments.toArray(String[]::new))) {
            assertThat(process.exitCode(120)).as(process::output).isEqualTo(exitCode);
            return process.output();
        }
    }
}
