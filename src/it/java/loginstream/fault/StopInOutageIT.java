package loginstream.fault;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import loginstream.Application;
import loginstream.fixture.Cluster;
import loginstream.fixture.NumberedLogins;
import loginstream.fixture.PipelineProcess;
import loginstream.fixture.Progress;
import loginstream.fixture.TestTopics;
import loginstream.sandbox.EmbeddedBroker;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that is told to stop while its broker is away. */
class StopInOutageIT {
    private static final int COUNT = 60_000;
    private static final int PROMISED_SECONDS = 30;

    @ParameterizedTest
    @CsvSource({"exactly-once, 0, 1", "exactly-once, 7, 2", "at-least-once, 0, 1", "at-least-once, 7, 2"})
    void endsInTimeAndLosesNothing(String delivery, int outageSeconds, String consumers) throws Exception {
        try (EmbeddedBroker broker = new EmbeddedBroker(EmbeddedBroker.freePort())) {
            // Given a pipeline at work
            broker.start();
            try (Cluster cluster = new Cluster(broker.bootstrapServers(), 1)) {
                TestTopics topics = cluster.freshTopics(2);
                cluster.send(NumberedLogins.records(topics, 0, COUNT));
                String[] settings = {
                    "loginstream.delivery", delivery, "loginstream.batch.size", "50", "loginstream.consumers", consumers
                };
                try (PipelineProcess process = PipelineProcess.start(topics.properties(cluster, settings), "run")) {
                    await().atMost(30, SECONDS).until(() -> Progress.none().isExceeded(cluster, topics));

                    // When
                    broker.stop();
                    await().pollDelay(Duration.ofSeconds(outageSeconds))
                            .atMost(Duration.ofSeconds(outageSeconds + 5))
                            .until(() -> process.process().isAlive());
                    process.signal("TERM");

                    // Then
                    assertThat(process.exitCode(PROMISED_SECONDS)).isEqualTo(143);
                }
                broker.start();
                try (Application successor = new Application(topics.settings(cluster, settings))) {
                    successor.start();
                    await().atMost(60, SECONDS).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
                }
                if (delivery.equals("exactly-once")) {
                    NumberedLogins.assertExactlyOnce(cluster, topics, COUNT);
                } else {
                    NumberedLogins.assertNoneLost(cluster, topics, COUNT);
                }
            }
        }
    }
}
