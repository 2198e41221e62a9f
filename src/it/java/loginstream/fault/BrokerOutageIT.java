package loginstream.fault;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import loginstream.Application;
import loginstream.config.Settings;
import loginstream.fixture.Cluster;
import loginstream.fixture.Feeder;
import loginstream.fixture.Health;
import loginstream.fixture.NumberedLogins;
import loginstream.fixture.Progress;
import loginstream.fixture.TestTopics;
import loginstream.sandbox.EmbeddedBroker;
import loginstream.sandbox.FreePort;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A broker that goes away, at once or for a while, and comes back. */
class BrokerOutageIT {
    private static final int COUNT = 20_000;

    @ParameterizedTest
    @ValueSource(strings = {"exactly-once", "at-least-once"})
    void waitsOutSeconds(String delivery) throws Exception {
        waitsOut(Duration.ofSeconds(8), delivery);
    }

    @Test
    @Tag("long")
    void waitsOutTwoMinutes() throws Exception {
        waitsOut(Duration.ofMinutes(2), "exactly-once");
    }

    @Test
    void goesOnAfterRestartsUnderLoad() throws Exception {
        goesOnAfterRestarts(3, 16_000, 2_000);
    }

    @Test
    @Tag("long")
    void goesOnAfterManyRestartsUnderLoad() throws Exception {
        goesOnAfterRestarts(20, 200_000, 2_500);
    }

    private static void goesOnAfterRestarts(int restarts, int count, int rate) throws Exception {
        try (EmbeddedBroker broker = new EmbeddedBroker(FreePort.any())) {
            // Given
            broker.start();
            try (Cluster cluster = new Cluster(broker.bootstrapServers(), 1)) {
                TestTopics topics = cluster.freshTopics(2);
                try (Application application =
                        new Application(topics.settings(cluster, "loginstream.batch.size", "100"))) {
                    application.start();
                    Feeder feeder = new Feeder(cluster, topics, count, rate);
                    await().atMost(30, SECONDS).until(() -> Progress.none().isExceeded(cluster, topics));

                    // When
                    for (int restart = 0; restart < restarts; restart++) {
                        assertThat(feeder.isDone()).isFalse();
                        broker.stop();
                        broker.start();
                        Progress before = Progress.now(cluster, topics);
                        await().atMost(30, SECONDS).until(() -> before.isExceeded(cluster, topics));
                    }

                    // Then
                    feeder.join();
                    await().atMost(30, SECONDS).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
                }
                NumberedLogins.assertExactlyOnce(cluster, topics, count);
            }
        }
    }

    private static void waitsOut(Duration outage, String delivery) throws Exception {
        // Given a pipeline that is at work
        try (EmbeddedBroker broker = new EmbeddedBroker(FreePort.any())) {
            broker.start();
            try (Cluster cluster = new Cluster(broker.bootstrapServers(), 1)) {
                TestTopics topics = cluster.freshTopics(2);
                Settings settings =
                        topics.settings(cluster, "loginstream.delivery", delivery, "loginstream.batch.size", "100");
                Health health = new Health(settings);
                try (Application application = new Application(settings)) {
                    application.start();
                    cluster.send(NumberedLogins.records(topics, 0, COUNT));
                    await().atMost(30, SECONDS)
                            .until(() -> application.metrics().totals().in() > 0);
                    assertThat(health.isReady()).isTrue();

                    // When
                    broker.stop();
                    await().atMost(15, SECONDS).until(() -> !health.isReady());
                    await().during(outage)
                            .atMost(outage.plusSeconds(10))
                            .until(() -> health.isLive() && !health.isReady());
                    broker.start();

                    // Then
                    await().atMost(30, SECONDS).until(health::isReady);
                    await().atMost(30, SECONDS).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
                    cluster.send(NumberedLogins.records(topics, COUNT, COUNT + 500));
                    await().atMost(1, MINUTES).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
                    assertThat(health.isLive()).isTrue();
                }
                if (delivery.equals("exactly-once")) {
                    NumberedLogins.assertExactlyOnce(cluster, topics, COUNT + 500);
                } else {
                    NumberedLogins.assertNoneLost(cluster, topics, COUNT + 500);
                }
            }
        }
    }
}
