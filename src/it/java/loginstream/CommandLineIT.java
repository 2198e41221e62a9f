package loginstream;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Properties;
import loginstream.deadletter.DeadLetterHeaders;
import loginstream.fixture.Cluster;
import loginstream.fixture.Logins;
import loginstream.fixture.NumberedLogins;
import loginstream.fixture.PipelineProcess;
import loginstream.fixture.PostgresServer;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import loginstream.sandbox.FreePort;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands as a user starts them, each in a process of its own. */
@ExtendWith(SharedBroker.class)
class CommandLineIT {

    @Test
    void theSandboxNeedsNothingElse() throws Exception {
        // Given
        Properties properties = sandbox(FreePort.any());
        properties.setProperty("sandbox.rate", "200");
        properties.setProperty("sandbox.bad-share", "0.2");

        // When
        try (PipelineProcess process = PipelineProcess.start(properties)) {
            await().atMost(40, SECONDS).until(() -> process.output().contains("dead-lettered"));

            // Then
            try (Cluster cluster = new Cluster("localhost:" + properties.getProperty("sandbox.kafka.port"), 1)) {
                await().atMost(20, SECONDS)
                        .until(() -> cluster.readCommitted("user-login.dlq").size() > 10);
                assertThat(cluster.readCommitted("processed-data"))
                        .isNotEmpty()
                        .allMatch(record -> Logins.text(record.value()).contains("\"processed_time\":\""));
                assertThat(cluster.readCommitted("user-login.dlq"))
                        .allMatch(record -> record.headers().lastHeader(DeadLetterHeaders.REASON) != null);
                // as a step may do that somebody tries
                cluster.send(List.of(new ProducerRecord<>("nobody-made-this", Logins.bytes("a login"))));
                assertThat(cluster.readCommitted("nobody-made-this")).hasSize(1);
            }
            process.signal("TERM");
            assertThat(process.exitCode(30)).isEqualTo(143);
            assertThat(process.output())
                    .contains("Loginstream is running.", "Try next")
                    .doesNotContain("Exception", "\tat ");
        }
    }

    @Test
    void theSandboxKeepsLoginsWhereTheBuildHasAStore() throws Exception {
        // Given
        Properties properties = sandbox(FreePort.any());
        properties.setProperty("sandbox.rate", "200");
        properties.setProperty("sandbox.stores", "true");
        int management = freePortBeforeAFreeOne();
        properties.setProperty("camel.management.port", Integer.toString(management));
        properties.setProperty("loginstream.console.port", Integer.toString(freePortBeforeAFreeOne()));
        properties.setProperty("sandbox.kafka.port", Integer.toString(FreePort.any()));

        // When
        try (PipelineProcess process = PipelineProcess.start(properties)) {
            await().atMost(60, SECONDS)
                    .untilAsserted(() -> assertThat(process.output()).contains("psql -h localhost -p 25432"));

            // Then
            String url = "jdbc:postgresql://localhost:25432/postgres";
            await().atMost(20, SECONDS)
                    .ignoreExceptionsInstanceOf(IllegalStateException.class) // the first login makes the tables
                    .until(() -> Integer.parseInt(
                                    PostgresServer.query(url, "select coalesce(sum(logins), 0) from logins_by_device")
                                            .get(0))
                            > 100);
            process.signal("TERM");
            assertThat(process.exitCode(30)).isEqualTo(143);
            assertThat(process.output()).doesNotContain("Exception", "\tat ");
        }
    }

    private static int freePortBeforeAFreeOne() throws IOException {
        while (true) {
            try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                    ServerSocket next =
                            new ServerSocket(first.getLocalPort() + 1, 1, InetAddress.getByName("127.0.0.1"))) {
                return next.getLocalPort() - 1;
            } catch (BindException e) {
                // taken: another one
            }
        }
    }

    @Test
    void saysInOneLineThatThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            // When
            try (PipelineProcess process = PipelineProcess.start(sandbox(taken.getLocalPort()), "run")) {
                // Then
                assertThat(process.exitCode(30)).isEqualTo(2);
                assertThat(process.output().strip())
                        .hasLineCount(1)
                        .contains("sandbox.kafka.port=" + taken.getLocalPort(), "taken");
            }
        }
    }

    @Test
    void saysInOneLineThatTheConsolesPortIsTaken(Cluster cluster) throws Exception {
        // Given
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Properties properties = cluster.freshTopics(1)
                    .properties(
                            cluster,
                            "loginstream.console.enabled",
                            "true",
                            "loginstream.console.port",
                            Integer.toString(taken.getLocalPort()));

            // When
            try (PipelineProcess process = PipelineProcess.start(properties, "run")) {
                // Then
                assertThat(process.exitCode(30)).isEqualTo(2);
                assertThat(process.output().strip())
                        .hasLineCount(1)
                        .contains("loginstream.console.port=" + taken.getLocalPort(), "cannot be used on 127.0.0.1");
            }
        }
    }

    @Test
    void saysInOneLineEachWhichSettingsCannotBeUsed(Cluster cluster) throws Exception {
        // Given
        Properties properties = cluster.freshTopics(1)
                .properties(
                        cluster,
                        "kafka.acks",
                        "1",
                        "kafka.enable.auto.commit",
                        "true",
                        "kafka.isolation.level",
                        "read_uncommitted",
                        "kafka.linger.ms",
                        "soon",
                        "kafka.transactional.id",
                        "mine",
                        "kafka.securty.protocol",
                        "SSL");

        // When
        try (PipelineProcess process = PipelineProcess.start(properties, "run")) {
            // Then
            assertThat(process.exitCode(30)).isEqualTo(2);
            assertThat(process.output().strip().lines())
                    .satisfiesExactlyInAnyOrder(
                            line -> assertThat(line).startsWith("loginstream: kafka.acks=1 cannot be used: "),
                            line -> assertThat(line).startsWith("loginstream: kafka.enable.auto.commit=true cannot"),
                            line -> assertThat(line).startsWith("loginstream: kafka.isolation.level=read_uncommitted"),
                            line -> assertThat(line).startsWith("loginstream: kafka.linger.ms=soon cannot be used: "),
                            line -> assertThat(line).startsWith("loginstream: kafka.transactional.id=mine cannot be"),
                            line -> assertThat(line).endsWith("; did you mean kafka.security.protocol?"));
        }
    }

    @Test
    void asksForATokenWhereTheConsoleIsReachedFromElsewhere(Cluster cluster) throws Exception {
        // Given
        Properties properties = cluster.freshTopics(1)
                .properties(cluster, "loginstream.console.enabled", "true", "loginstream.console.host", "0.0.0.0");

        // When
        try (PipelineProcess process = PipelineProcess.start(properties, "run")) {
            // Then
            assertThat(process.exitCode(30)).isEqualTo(2);
            assertThat(process.output().strip())
                    .hasLineCount(1)
                    .contains("loginstream.console.token must be set where loginstream.console.host=0.0.0.0");
        }
    }

    @RepeatedTest(2)
    void stopsCleanlyInTheMiddleOfItsWork(Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(2);
        cluster.send(NumberedLogins.records(topics, 0, 20_000));
        Properties properties = topics.properties(cluster, "loginstream.batch.size", "50");
        try (PipelineProcess process = PipelineProcess.start(properties, "run")) {
            await().atMost(30, SECONDS)
                    .until(() -> !cluster.committed(topics.group()).isEmpty());

            // When
            process.signal("TERM");

            // Then it has left the group, so that another one goes on at once
            assertThat(process.exitCode(30)).isEqualTo(143);
            assertThat(cluster.members(topics.group())).isZero();
        }
        try (PipelineProcess next = PipelineProcess.start(properties, "run")) {
            await().atMost(60, SECONDS).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
            assertThat(next.process().isAlive()).isTrue();
        }
        NumberedLogins.assertExactlyOnce(cluster, topics, 20_000);
    }

    @Test
    void generatesWhatItIsAskedFor(Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(1);

        // When
        try (PipelineProcess process = PipelineProcess.start(
                topics.properties(cluster),
                "generate",
                "--count",
                "300",
                "--rate",
                "0",
                "--bad-share",
                "0",
                "--seed",
                "1")) {
            // Then
            assertThat(process.exitCode(30)).isZero();
            assertThat(process.output()).contains("sent 300 records to " + topics.input());
        }
        assertThat(cluster.readCommitted(topics.input())).hasSize(300).allMatch(record -> Logins.text(record.value())
                .contains("\"device_type\":"));
    }

    @Test
    void checksWhatIsThereAndWhatIsNot(Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        cluster.alter(topics.deadLetter(), "max.message.bytes", "16777216");

        // When
        try (PipelineProcess good = PipelineProcess.start(topics.properties(cluster), "check");
                PipelineProcess noTopic = PipelineProcess.start(
                        topics.properties(cluster, "loginstream.output.topic", "not-there"), "check");
                PipelineProcess noBroker = PipelineProcess.start(
                        topics.properties(cluster, "kafka.bootstrap.servers", "localhost:1"), "check");
                PipelineProcess badValue =
                        PipelineProcess.start(topics.properties(cluster, "loginstream.retry.delay", "soon"), "check")) {
            // Then
            assertThat(good.exitCode(60)).isZero();
            assertThat(good.output())
                    .doesNotContain("FAILED", "WARN")
                    .contains("ok      topic          " + topics.input());
            assertThat(noTopic.exitCode(60)).isEqualTo(1);
            assertThat(noTopic.output()).contains("FAILED  topic          not-there is not there");
            assertThat(noBroker.exitCode(60)).isEqualTo(1);
            assertThat(noBroker.output()).contains("FAILED  brokers        localhost:1 cannot be reached");
            assertThat(badValue.exitCode(60)).isEqualTo(2);
            assertThat(badValue.output()).contains("loginstream.retry.delay=soon");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dlq|max.message.bytes|8388608|is too small: INPUT has 8388608",
                "out|message.timestamp.before.max.ms|3600000|refuses timestamps that INPUT takes",
                "dlq|message.timestamp.after.max.ms|60000|refuses timestamps that INPUT takes",
                "out|message.timestamp.type|LogAppendTime|replaces the records' timestamps, which INPUT keeps"
            })
    void failsWhereATopicWouldRefuseOrChangeWhatTheInputTopicTakes(
            String role, String option, String value, String finding, Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        cluster.alter(topics.deadLetter(), "max.message.bytes", "16777216");
        String topic = role.equals("dlq") ? topics.deadLetter() : topics.output();
        cluster.alter(topic, option, value);

        // When
        try (PipelineProcess check = PipelineProcess.start(topics.properties(cluster), "check")) {
            // Then
            assertThat(check.exitCode(60)).isEqualTo(1);
            assertThat(check.output().lines().filter(line -> line.startsWith("FAILED")))
                    .singleElement()
                    .asString()
                    .startsWith("FAILED  topic          " + topic + ": " + option + "=" + value + " "
                            + finding.replace("INPUT", topics.input()));
        }
    }

    @Test
    void findsNothingWrongWithTheSandbox() throws Exception {
        // Given
        Properties properties = sandbox(FreePort.any());
        try (PipelineProcess sandbox = PipelineProcess.start(properties)) {
            await().atMost(40, SECONDS).until(() -> sandbox.output().contains("Loginstream is running."));
            properties.setProperty(
                    "kafka.bootstrap.servers", "localhost:" + properties.getProperty("sandbox.kafka.port"));

            // When
            try (PipelineProcess check = PipelineProcess.start(properties, "check")) {
                // Then
                assertThat(check.exitCode(60)).as(check.output()).isZero();
                assertThat(check.output()).doesNotContain("FAILED", "WARN");
            }
        }
    }

    private static Properties sandbox(int port) {
        Properties properties = new Properties();
        properties.setProperty("sandbox.kafka.port", Integer.toString(port));
        properties.setProperty("camel.management.host", "127.0.0.1");
        properties.setProperty("camel.management.port", Integer.toString(FreePort.any()));
        properties.setProperty("loginstream.console.port", Integer.toString(FreePort.any()));
        properties.setProperty("sandbox.stores", "false");
        return properties;
    }
}
