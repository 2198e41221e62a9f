package loginstream.fault;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import loginstream.Application;
import loginstream.config.Settings;
import loginstream.fixture.Cluster;
import loginstream.fixture.Feeder;
import loginstream.fixture.Health;
import loginstream.fixture.NumberedLogins;
import loginstream.fixture.Progress;
import loginstream.fixture.TestTopics;
import loginstream.fixture.ThreeBrokers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A cluster of three brokers that loses some of them while records flow. */
class LostBrokerIT {
    private static final Logger LOG = LoggerFactory.getLogger("loginstream.fault");
    private static final Duration RESUMED = Duration.ofSeconds(30);
    private static final String INSTANCE = "one";
    private static final int RATE = 2_000;

    private static ThreeBrokers brokers;
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        brokers = ThreeBrokers.start();
        cluster = brokers.cluster();
    }

    @AfterAll
    static void stop() {
        brokers.close();
    }

    @Test
    void theOthersGoOnForALeaderThatIsKilledAndWaitForItWhereTheyHaveTo() throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(3);
        int count = 24_000;
        Settings settings = settings(topics, "exactly-once");
        Health health = new Health(settings);
        try (Application application = new Application(settings)) {
            application.start();
            Feeder feeder = new Feeder(cluster, topics, count, RATE);
            await().atMost(30, SECONDS).until(() -> Progress.none().isExceeded(cluster, topics));

            // When
            int leader = brokers.leader(topics.input(), 0);
            brokers.kill(leader);
            Progress before = Progress.now(cluster, topics);
            await().atMost(RESUMED).until(() -> before.isExceeded(cluster, topics) && health.isReady());
            requireReplicas(topics, 3);
            await().atMost(12, SECONDS).until(() -> !health.isReady());
            brokers.startAgain(leader);
            brokers.awaitAll();

            // Then
            await().atMost(RESUMED).until(health::isReady);
            feeder.join();
            await().atMost(2, MINUTES).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
        }
        NumberedLogins.assertExactlyOnce(cluster, topics, count);
    }

    /** Brokers that are there and read, but do not write: too few replicas are in sync. */
    @ParameterizedTest
    @ValueSource(strings = {"exactly-once", "at-least-once"})
    @Tag("long")
    void refusedWritesAreWaitedOut(String delivery) throws Exception {
        // Given a pipeline at work, and a broker less
        TestTopics topics = cluster.freshTopics(3);
        int count = 16_000;
        brokers.stop(3);
        Settings settings = settings(topics, delivery);
        Health health = new Health(settings);
        try (Application application = new Application(settings)) {
            application.start();
            Feeder feeder = new Feeder(cluster, topics, count, RATE);
            await().atMost(30, SECONDS).until(() -> Progress.none().isExceeded(cluster, topics));
            assertThat(health.isReady()).isTrue();

            // When
            requireReplicas(topics, 3);
            await().atMost(12, SECONDS).until(() -> !health.isReady());
            feeder.join();
            await().during(90, SECONDS).atMost(100, SECONDS).until(() -> health.isLive() && !health.isReady());
            requireReplicas(topics, 2);

            // Then
            await().atMost(RESUMED).until(() -> health.isReady() && cluster.isCaughtUp(topics.input(), topics.group()));
        }
        if (delivery.equals("exactly-once")) {
            NumberedLogins.assertExactlyOnce(cluster, topics, count);
        } else {
            NumberedLogins.assertNoneLost(cluster, topics, count);
        }
        brokers.startAgain(3);
        brokers.awaitAll();
    }

    private static void requireReplicas(TestTopics topics, int number) {
        for (String topic : List.of(topics.output(), topics.deadLetter())) {
            cluster.alter(topic, "min.insync.replicas", Integer.toString(number));
        }
    }

    @Test
    @Tag("long")
    void killedOneAfterTheOther() throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(3);
        int count = 250_000;
        List<IntSupplier> victims = List.of(
                () -> brokers.leader(topics.input(), 0),
                () -> brokers.groupCoordinator(topics.group()),
                () -> brokers.transactionCoordinator(topics.group() + "-" + INSTANCE + "-0"),
                () -> brokers.leader(topics.output(), 1),
                brokers::controller,
                () -> brokers.leader(topics.deadLetter(), 2));
        List<Integer> killed = new ArrayList<>();
        try (Application application = new Application(settings(topics, "exactly-once"))) {
            application.start();
            Feeder feeder = new Feeder(cluster, topics, count, RATE);
            await().atMost(30, SECONDS).until(() -> Progress.none().isExceeded(cluster, topics));

            // When
            while (!feeder.isDone()) {
                int victim = victims.get(killed.size() % victims.size()).getAsInt();
                brokers.kill(victim);
                killed.add(victim);
                long start = System.nanoTime();
                Progress before = Progress.now(cluster, topics);
                await().atMost(RESUMED).until(() -> before.isExceeded(cluster, topics) || feeder.isDone());
                long took = (System.nanoTime() - start) / 1_000_000;
                LOG.info("kill {}, of broker {}: everything goes on after {} ms", killed.size(), victim, took);
                brokers.startAgain(victim);
                brokers.awaitAll();
            }

            // Then
            feeder.join();
            await().atMost(1, MINUTES).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
        }
        assertThat(killed).hasSizeGreaterThanOrEqualTo(victims.size());
        NumberedLogins.assertExactlyOnce(cluster, topics, count);
    }

    @Test
    @Tag("long")
    void twoOfThreeAreWaitedFor() throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(3);
        int count = 60_000;
        Settings settings = settings(topics, "exactly-once");
        Health health = new Health(settings);
        try (Application application = new Application(settings)) {
            application.start();
            Feeder feeder = new Feeder(cluster, topics, count, RATE);
            await().atMost(30, SECONDS).until(() -> Progress.none().isExceeded(cluster, topics));

            // When
            brokers.kill(1, 2);
            await().atMost(20, SECONDS).until(() -> !health.isReady());
            await().during(40, SECONDS).atMost(50, SECONDS).until(() -> health.isLive() && !health.isReady());
            brokers.startAgain(1, 2);
            brokers.awaitAll();

            // Then
            await().atMost(RESUMED).until(health::isReady);
            feeder.join();
            await().atMost(1, MINUTES).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
        }
        NumberedLogins.assertExactlyOnce(cluster, topics, count);
    }

    private static Settings settings(TestTopics topics, String delivery) {
        return topics.settings(
                cluster,
                "loginstream.delivery",
                delivery,
                "loginstream.batch.size",
                "200",
                "loginstream.instance-id",
                INSTANCE);
    }
}
