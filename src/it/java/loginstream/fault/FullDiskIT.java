package loginstream.fault;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import loginstream.Application;
import loginstream.config.Settings;
import loginstream.fixture.Cluster;
import loginstream.fixture.Feeder;
import loginstream.fixture.Health;
import loginstream.fixture.NumberedLogins;
import loginstream.fixture.TestTopics;
import loginstream.fixture.ThreeBrokers;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Three brokers whose disks fill up in the middle of the work. */
@Tag("long")
class FullDiskIT {
    private static final int COUNT = 100_000;
    /** Above the ten that Kafka takes for an index at once, below what the output of all records needs. */
    private static final int MEBIBYTES = 12;

    @Test
    void isWaitedOut() throws Exception {
        try (ThreeBrokers brokers = ThreeBrokers.startOnDisksOf(MEBIBYTES)) {
            // Given
            Cluster cluster = brokers.cluster();
            TestTopics topics = cluster.freshTopics(1);
            Settings settings = topics.settings(cluster);
            Health health = new Health(settings);
            try (Application application = new Application(settings)) {
                application.start();
                Feeder feeder = new Feeder(cluster, topics, COUNT, 4_000);

                // When
                await().atMost(2, MINUTES)
                        .ignoreExceptionsInstanceOf(KafkaException.class)
                        .until(() -> brokers.failedDisks() >= 2);
                await().atMost(20, SECONDS).until(() -> !health.isReady());
                await().during(20, SECONDS).atMost(30, SECONDS).until(() -> health.isLive() && !health.isReady());
                brokers.kill(1, 2, 3);
                brokers.startAgain(1, 2, 3);
                brokers.awaitAll();

                // Then
                await().atMost(30, SECONDS).until(health::isReady);
                feeder.join();
                await().atMost(1, MINUTES).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
            }
            NumberedLogins.assertExactlyOnce(cluster, topics, COUNT);
        }
    }
}
