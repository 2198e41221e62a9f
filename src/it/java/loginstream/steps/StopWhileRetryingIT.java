package loginstream.steps;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import loginstream.Application;
import loginstream.config.Settings;
import loginstream.fixture.Cluster;
import loginstream.fixture.PipelineProcess;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A process that is told to end while logins wait for their redelivery. */
@ExtendWith(SharedBroker.class)
class StopWhileRetryingIT {
    private static final int COUNT = 300;
    private static final int EVERY = 25;
    private static final int PROMISED_SECONDS = 30;
    private static final String BEFORE = "        - process:\n            ref: loginEnricher\n";
    private static final String FAILING = """
                    - filter:
                        simple: ${body[fail]} == 'yes'
                        steps:
                          - log: "no database for ${body[n]}"
                          - throwException:
                              exceptionType: java.lang.IllegalStateException
                              message: no database
            """;

    @TempDir
    private Path folder;

    private TestTopics topics;

    @BeforeEach
    void send(Cluster cluster) {
        topics = cluster.freshTopics(1);
        cluster.send(StepLogins.records(topics, COUNT, EVERY));
    }

    @Test
    void aLongWaitIsBrokenOffAndItsBatchComesAgain(Cluster cluster) throws Exception {
        // Given
        route(FAILING);

        // When
        stopWhileRetrying(cluster, "1m");

        // Then nothing is decided yet, also not for those that were fine
        assertThat(cluster.committed(topics.group())).isEmpty();
        assertThat(cluster.readCommitted(topics.output())).isEmpty();
        assertThat(cluster.readCommitted(topics.deadLetter())).isEmpty();
        route("");
        try (Application mended = new Application(settings(cluster))) {
            mended.start();
            await().atMost(1, MINUTES).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
        }
        assertExactly(cluster, false);
    }

    @Test
    void aShortWaitIsOverBeforeTheEnd(Cluster cluster) throws Exception {
        // Given
        route(FAILING);

        // When
        stopWhileRetrying(cluster, "1s");

        // Then
        assertThat(cluster.isCaughtUp(topics.input(), topics.group())).isTrue();
        assertExactly(cluster, true);
    }

    private void stopWhileRetrying(Cluster cluster, String delay) throws Exception {
        try (PipelineProcess process = PipelineProcess.start(topics.properties(cluster, retrying(delay)), "run")) {
            await().atMost(30, SECONDS).until(() -> process.output().contains("no database for"));
            process.signal("TERM");
            process.exitCode(PROMISED_SECONDS);
        }
    }

    private String[] retrying(String delay) {
        return new String[] {
            "loginstream.routes",
            "yaml",
            "loginstream.routes.directory",
            folder.toString(),
            "loginstream.retry.attempts",
            "2",
            "loginstream.retry.delay",
            delay,
            "loginstream.retry.max-delay",
            delay,
            "loginstream.retry.multiplier",
            "1"
        };
    }

    private Settings settings(Cluster cluster) {
        return topics.settings(cluster, retrying("200ms"));
    }

    private void route(String steps) throws Exception {
        String route = Files.readString(Path.of("routes/user-login.camel.yaml"));
        assertThat(route).contains(BEFORE);
        Files.writeString(folder.resolve("user-login.camel.yaml"), route.replace(BEFORE, steps + BEFORE));
    }

    private void assertExactly(Cluster cluster, boolean failing) {
        StepLogins.assertExactly(cluster, List.of(topics.output(), topics.deadLetter()), COUNT, n -> {
            boolean bad = StepLogins.isInvalid(n) || failing && StepLogins.isFailing(n, EVERY);
            return List.of(bad ? topics.deadLetter() : topics.output());
        });
    }
}
