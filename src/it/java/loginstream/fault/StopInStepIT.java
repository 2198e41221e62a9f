package loginstream.fault;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import loginstream.Application;
import loginstream.fixture.Cluster;
import loginstream.fixture.Logins;
import loginstream.fixture.NumberedLogins;
import loginstream.fixture.PipelineProcess;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that is told to stop while a login waits for its next try, or hangs in a step. */
@ExtendWith(SharedBroker.class)
class StopInStepIT {
    private static final int COUNT = 200;
    private static final int FAILING_NUMBER = 50;
    private static final int PROMISED_SECONDS = 30;
    private static final String BEFORE = "        - process:\n            ref: loginEnricher\n";
    private static final String FAILING = """
                    - log: trying ${body[n]}
                    - filter:
                        simple: ${body[n]} == 50
                        steps:
                          - throwException:
                              exceptionType: java.lang.IllegalStateException
                              message: no database
            """;

    private static final String HANGING = """
                    - log: trying ${body[n]}
                    - filter:
                        simple: ${body[n]} == 50
                        steps:
                          - bean:
                              beanType: java.lang.Thread
                              method: sleep(600000)
            """;

    @TempDir
    private Path folder;

    private TestTopics topics;

    @BeforeEach
    void send(Cluster cluster) {
        topics = cluster.freshTopics(1);
        cluster.send(NumberedLogins.records(topics, 0, COUNT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exactly-once", "at-least-once"})
    void aLongWaitIsBrokenOffAndItsBatchComesAgain(String delivery, Cluster cluster) throws Exception {
        // When
        stopWhileRetrying(cluster, "1m", delivery);

        // Then
        assertNothingIsDecidedAndASuccessorGoesOn(cluster);
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"exactly-once", "at-least-once"})
    void aStepThatHangsIsLeftToItselfAndItsBatchComesAgain(String delivery, Cluster cluster) throws Exception {
        // When
        stopIn(HANGING, "trying " + FAILING_NUMBER, "1m", delivery, cluster);

        // Then
        assertNothingIsDecidedAndASuccessorGoesOn(cluster);
    }

    /** Not even those that were fine. */
    private void assertNothingIsDecidedAndASuccessorGoesOn(Cluster cluster) throws Exception {
        assertThat(cluster.committed(topics.group())).isEmpty();
        assertThat(cluster.readCommitted(topics.output())).isEmpty();
        assertThat(cluster.readCommitted(topics.deadLetter())).isEmpty();
        try (Application successor = new Application(topics.settings(cluster))) {
            successor.start();
            await().atMost(1, MINUTES).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
        }
        NumberedLogins.assertExactlyOnce(cluster, topics, COUNT);
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"exactly-once", "at-least-once"})
    void aShortWaitIsOverBeforeTheEnd(String delivery, Cluster cluster) throws Exception {
        // When
        stopWhileRetrying(cluster, "2s", delivery);

        // Then
        assertThat(cluster.committed(topics.group())).isEqualTo(cluster.ends(topics.input()));
        assertThat(cluster.readCommitted(topics.deadLetter()))
                .extracting(ConsumerRecord::value)
                .extracting(Logins::text)
                .filteredOn(login -> login.contains("\"n\":" + FAILING_NUMBER + "}"))
                .hasSize(1);
        assertThat(cluster.readCommitted(topics.output())).hasSize(COUNT - COUNT / 20 - 1);
    }

    private void stopWhileRetrying(Cluster cluster, String delay, String delivery) throws Exception {
        stopIn(FAILING, "trying " + (COUNT - 1), delay, delivery, cluster);
    }

    private void stopIn(String steps, String reached, String delay, String delivery, Cluster cluster) throws Exception {
        String route = Files.readString(Path.of("routes/user-login.camel.yaml"));
        assertThat(route).contains(BEFORE);
        Files.writeString(folder.resolve("user-login.camel.yaml"), route.replace(BEFORE, steps + BEFORE));
        try (PipelineProcess process = PipelineProcess.start(
                topics.properties(
                        cluster,
                        "loginstream.routes",
                        "yaml",
                        "loginstream.routes.directory",
                        folder.toString(),
                        "loginstream.delivery",
                        delivery,
                        "loginstream.retry.attempts",
                        "1",
                        "loginstream.retry.delay",
                        delay,
                        "loginstream.retry.max-delay",
                        "1m",
                        "org.slf4j.simpleLogger.defaultLogLevel",
                        "info"),
                "run")) {
            await().atMost(40, SECONDS).until(() -> process.output().contains(reached));
            process.signal("TERM");
            assertThat(process.exitCode(PROMISED_SECONDS)).isEqualTo(143);
        }
    }
}
