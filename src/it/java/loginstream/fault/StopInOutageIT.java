package loginstream.fault;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.function.Consumer;
import loginstream.Application;
import loginstream.fixture.BrokerProcess;
import loginstream.fixture.Cluster;
import loginstream.fixture.NumberedLogins;
import loginstream.fixture.PipelineProcess;
import loginstream.fixture.Progress;
import loginstream.fixture.TestTopics;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that is told to stop while its broker is away, or there without answering. */
class StopInOutageIT {
    private static final Logger LOG = LoggerFactory.getLogger("loginstream.fault");
    private static final int COUNT = 150_000;
    private static final int PROMISED_SECONDS = 30;

    /** What happens to the broker, and how it is undone. */
    private enum Outage {
        STOPPED(BrokerProcess::stop, BrokerProcess::startAgain),
        FROZEN(BrokerProcess::freeze, BrokerProcess::thaw);

        private final Consumer<BrokerProcess> begin;
        private final Consumer<BrokerProcess> end;

        Outage(Consumer<BrokerProcess> begin, Consumer<BrokerProcess> end) {
            this.begin = begin;
            this.end = end;
        }
    }

    @Test
    void endsInTimeAndLosesNothing() throws Exception {
        endsInTimeAndLosesNothing("exactly-once", Outage.FROZEN, 0, "2");
    }

    @ParameterizedTest
    @CsvSource({"exactly-once, STOPPED, 7, 1", "at-least-once, STOPPED, 7, 2", "at-least-once, FROZEN, 0, 1"})
    @Tag("long")
    void endsInTimeAndLosesNothing(String delivery, Outage outage, int seconds, String consumers) throws Exception {
        try (BrokerProcess broker = BrokerProcess.start()) {
            // Given a pipeline at work
            Cluster cluster = broker.cluster();
            TestTopics topics = cluster.freshTopics(2);
            cluster.send(NumberedLogins.records(topics, 0, COUNT));
            String[] settings = {
                "loginstream.delivery", delivery, "loginstream.batch.size", "50", "loginstream.consumers", consumers
            };
            try (PipelineProcess process = PipelineProcess.start(topics.properties(cluster, settings), "run")) {
                await().atMost(30, SECONDS).until(() -> Progress.none().isExceeded(cluster, topics));

                // When
                outage.begin.accept(broker);
                await().pollDelay(Duration.ofSeconds(seconds))
                        .atMost(Duration.ofSeconds(seconds + 5))
                        .until(() -> process.process().isAlive());
                long told = System.nanoTime();
                process.signal("TERM");

                // Then
                assertThat(process.exitCode(PROMISED_SECONDS)).isEqualTo(143);
                LOG.info("{}, {}: ended after {} ms", delivery, outage, (System.nanoTime() - told) / 1_000_000);
            } finally {
                outage.end.accept(broker);
            }
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
