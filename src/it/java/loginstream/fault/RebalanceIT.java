package loginstream.fault;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.util.ArrayDeque;
import java.util.Deque;
import loginstream.Application;
import loginstream.fixture.Cluster;
import loginstream.fixture.Feeder;
import loginstream.fixture.NumberedLogins;
import loginstream.fixture.PipelineProcess;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Partitions that move between instances while records flow. */
@ExtendWith(SharedBroker.class)
class RebalanceIT {
    private static final int COUNT = 40_000;
    private static final int RATE = 4_000;

    @ParameterizedTest
    @ValueSource(strings = {"1", "3"})
    void instancesJoinAndLeave(String consumers, Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(6);
        Deque<Application> running = new ArrayDeque<>();
        try {
            Feeder feeder = new Feeder(cluster, topics, COUNT, RATE);

            // When
            while (!feeder.isDone()) {
                Application joining = new Application(
                        topics.settings(cluster, "loginstream.consumers", consumers, "loginstream.batch.size", "200"));
                running.addLast(joining);
                joining.start();
                await().atMost(20, SECONDS)
                        .until(() -> joining.metrics().totals().in() > 0 || feeder.isDone());
                if (running.size() > 2) {
                    running.removeFirst().close();
                }
            }

            // Then
            feeder.join();
            await().atMost(1, MINUTES).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
        } finally {
            running.forEach(Application::close);
        }
        NumberedLogins.assertExactlyOnce(cluster, topics, COUNT);
    }

    @Test
    void aZombieCannotDeliverTwice(Cluster cluster) throws Exception {
        // Given an instance in the middle of its work that is paused for longer than its session
        TestTopics topics = cluster.freshTopics(2);
        try (PipelineProcess zombie =
                PipelineProcess.start(topics.properties(cluster, "loginstream.batch.size", "100"), "run")) {
            Feeder feeder = new Feeder(cluster, topics, COUNT, RATE);
            await().atMost(30, SECONDS)
                    .until(() -> !cluster.committed(topics.group()).isEmpty());
            zombie.signal("STOP");

            try (Application heir = new Application(topics.settings(cluster))) {
                heir.start();
                // It gets nothing before the session of the other is over.
                await().atMost(30, SECONDS).until(() -> heir.metrics().totals().in() > 0);

                // When
                zombie.signal("CONT");

                // Then
                await().atMost(30, SECONDS).until(() -> cluster.members(topics.group()) == 2);
                feeder.join();
                await().atMost(1, MINUTES).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
            }
        }
        NumberedLogins.assertExactlyOnce(cluster, topics, COUNT);
    }
}
