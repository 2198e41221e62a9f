package loginstream.scaling;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import loginstream.Application;
import loginstream.fixture.Cluster;
import loginstream.fixture.Feeder;
import loginstream.fixture.NumberedLogins;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Partitions that are added to the input of a running pipeline. */
@ExtendWith(SharedBroker.class)
class MorePartitionsIT {
    private static final int COUNT = 20_000;

    /** A key goes to another partition from then on, where it may overtake what it had in the old one. */
    @Test
    void whileLoginsFlowNoneIsLostOrDoubled(Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(2);
        try (Application application = started(cluster, topics)) {
            Feeder feeder = new Feeder(cluster, topics, COUNT, 2_000);
            await().atMost(30, SECONDS)
                    .until(() -> application.metrics().totals().in() > 2_000);

            // When
            cluster.addPartitions(topics.input(), 6);

            // Then
            feeder.join();
            await().atMost(1, MINUTES).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
            assertThat(application.metrics().lag()).hasSize(6);
        }
        NumberedLogins.assertOnceInAnyOrder(cluster, topics, COUNT);
    }

    @Test
    void whereTheLagWasNothingBeforeTheOrderPerKeyIsKept(Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(2);
        try (Application application = started(cluster, topics)) {
            cluster.send(NumberedLogins.records(topics, 0, COUNT / 2));
            await().atMost(1, MINUTES).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));

            // When
            cluster.addPartitions(topics.input(), 6);
            await().atMost(30, SECONDS).until(() -> application.metrics().lag().size() == 6);

            // Then
            cluster.send(NumberedLogins.records(topics, COUNT / 2, COUNT));
            await().atMost(1, MINUTES).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
        }
        assertThat(cluster.ends(topics.input()).values()).allMatch(end -> end > 0);
        NumberedLogins.assertExactlyOnce(cluster, topics, COUNT);
    }

    /** By default partitions are looked for every five minutes. */
    private static Application started(Cluster cluster, TestTopics topics) throws Exception {
        Application application = new Application(topics.settings(cluster, "kafka.metadata.max.age.ms", "1000"));
        application.start();
        return application;
    }
}
