package loginstream.fault;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import loginstream.Application;
import loginstream.fixture.Cluster;
import loginstream.fixture.NumberedLogins;
import loginstream.fixture.PipelineProcess;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A process that is told to stop while a step waits for its next try, and would do so for longer than it may. */
@ExtendWith(SharedBroker.class)
class StopWhileRetryingIT {
    private static final int COUNT = 200;
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

    @TempDir
    private Path folder;

    @Test
    void endsInTimeAndTheBatchComesAgain(Cluster cluster) throws Exception {
        // Given a process whose next try is a minute away
        TestTopics topics = cluster.freshTopics(1);
        String route = Files.readString(Path.of("routes/user-login.camel.yaml"));
        assertThat(route).contains(BEFORE);
        Files.writeString(folder.resolve("user-login.camel.yaml"), route.replace(BEFORE, FAILING + BEFORE));
        cluster.send(NumberedLogins.records(topics, 0, COUNT));
        try (PipelineProcess process = PipelineProcess.start(
                topics.properties(
                        cluster,
                        "loginstream.routes",
                        "yaml",
                        "loginstream.routes.directory",
                        folder.toString(),
                        "loginstream.retry.delay",
                        "1m",
                        "loginstream.retry.max-delay",
                        "1m",
                        "org.slf4j.simpleLogger.defaultLogLevel",
                        "info"),
                "run")) {
            await().atMost(40, SECONDS).until(() -> process.output().contains("trying 199"));

            // When
            process.signal("TERM");

            // Then
            assertThat(process.exitCode(PROMISED_SECONDS)).isEqualTo(143);
        }
        try (Application successor = new Application(topics.settings(cluster))) {
            successor.start();
            await().atMost(1, MINUTES).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
        }
        NumberedLogins.assertExactlyOnce(cluster, topics, COUNT);
    }
}
