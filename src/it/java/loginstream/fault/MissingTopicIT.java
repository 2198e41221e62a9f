package loginstream.fault;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import loginstream.Application;
import loginstream.config.Settings;
import loginstream.fixture.Cluster;
import loginstream.fixture.Health;
import loginstream.fixture.NumberedLogins;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An output topic that is not there. */
@ExtendWith(SharedBroker.class)
class MissingTopicIT {
    private static final int COUNT = 5_000;

    @ParameterizedTest
    @ValueSource(strings = {"exactly-once", "at-least-once"})
    void isWaitedFor(String delivery, Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(2);
        cluster.delete(topics.output());
        cluster.send(NumberedLogins.records(topics, 0, COUNT));
        Settings settings = topics.settings(cluster, "loginstream.delivery", delivery, "kafka.max.block.ms", "1000");
        Health health = new Health(settings);
        try (Application application = new Application(settings)) {
            application.start();
            await().atMost(20, SECONDS).until(() -> !health.isReady() && health.isLive());

            // When
            cluster.create(topics.output(), 2);

            // Then
            await().atMost(30, SECONDS)
                    .until(() -> health.isReady() && cluster.isCaughtUp(topics.input(), topics.group()));
        }
        if (delivery.equals("exactly-once")) {
            NumberedLogins.assertExactlyOnce(cluster, topics, COUNT);
        } else {
            NumberedLogins.assertNoneLost(cluster, topics, COUNT);
        }
    }
}
