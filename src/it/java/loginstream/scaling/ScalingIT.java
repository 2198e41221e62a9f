package loginstream.scaling;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import loginstream.Application;
import loginstream.delivery.ConsumingRoutes;
import loginstream.fixture.Cluster;
import loginstream.fixture.Feeder;
import loginstream.fixture.NumberedLogins;
import loginstream.fixture.PipelineProcess;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an autoscaler does to a group of twelve partitions, and what it looks at. */
@ExtendWith(SharedBroker.class)
class ScalingIT {
    private static final Logger LOG = LoggerFactory.getLogger("loginstream.fault");
    private static final int PARTITIONS = 12;

    @Test
    void eachProcessMoreTakesItsShare(Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(PARTITIONS);
        List<Application> running = new ArrayList<>();
        Feeder feeder = new Feeder(cluster, topics, 60_000, 2_000);
        try {
            for (int processes = 1; processes <= 3; processes++) {
                // When
                Application joining = new Application(topics.settings(cluster));
                running.add(joining);
                joining.start();

                // Then
                int share = PARTITIONS / processes;
                await().atMost(20, SECONDS).untilAsserted(() -> assertThat(running)
                        .allSatisfy(each -> assertThat(each.metrics().lag()).hasSize(share)));
            }
            feeder.join();
            await().atMost(1, MINUTES).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
        } finally {
            running.forEach(Application::close);
        }
        NumberedLogins.assertExactlyOnce(cluster, topics, 60_000);
    }

    @Test
    void scaledToNoneAndBackLosesNothing(Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(PARTITIONS);
        Feeder feeder = new Feeder(cluster, topics, 30_000, 2_000);
        for (int wave = 1; wave <= 3; wave++) {
            Progress before = new Progress(cluster, topics);
            try (Application one = new Application(topics.settings(cluster))) {
                // When it is started because there is lag, and stopped
                one.start();
                await().atMost(20, SECONDS).until(before::isExceeded);
            }
            // Then what comes meanwhile can be seen by who has to start it again
            await().atMost(20, SECONDS).until(() -> lag(cluster, topics) > 0);
        }
        feeder.join();
        try (Application last = new Application(topics.settings(cluster))) {
            last.start();
            await().atMost(1, MINUTES).until(() -> lag(cluster, topics) == 0);
        }
        assertThat(lag(cluster, topics)).as("and it may be stopped again").isZero();
        NumberedLogins.assertExactlyOnce(cluster, topics, 30_000);
    }

    /** Else an autoscaler would keep a process for nothing. */
    @Test
    void theLagIsNothingAfterAPauseAndAfterARedrive(Cluster cluster) throws Exception {
        // Given
        int count = 2_000;
        TestTopics topics = cluster.freshTopics(PARTITIONS);
        try (Application application = new Application(topics.settings(cluster))) {
            application.start();
            ConsumingRoutes routes = application.context().getRegistry().findSingleByType(ConsumingRoutes.class);

            // When it is paused and resumed
            routes.pause();
            cluster.send(NumberedLogins.records(topics, 0, count));
            await().atMost(20, SECONDS).until(() -> lag(cluster, topics) == count);
            routes.resume();

            // Then
            await().atMost(20, SECONDS)
                    .untilAsserted(() -> assertThat(lag(cluster, topics)).isZero());
            await().atMost(10, SECONDS)
                    .until(() -> application.metrics().totals().lag() == 0);

            // When dead letters are sent again, in a transaction
            try (PipelineProcess redrive = PipelineProcess.start(
                    topics.properties(cluster), "dead-letters", "redrive", "--failure", "invalid", "--yes")) {
                assertThat(redrive.exitCode(40)).as(redrive.output()).isZero();
                assertThat(redrive.output()).contains("redrove " + count / 20);
            }

            // Then
            await().atMost(20, SECONDS)
                    .until(() -> application.metrics().totals().in() == count + count / 20);
            await().atMost(20, SECONDS)
                    .untilAsserted(() -> assertThat(lag(cluster, topics)).isZero());
            await().atMost(10, SECONDS)
                    .until(() -> application.metrics().totals().lag() == 0);
        }
    }

    @Test
    @Tag("long")
    void processesComeAndGoForFiveMinutes(Cluster cluster) throws Exception {
        // Given
        int rate = 3_000;
        Duration duration = Duration.ofMinutes(5);
        int count = (int) (rate * duration.toSeconds());
        TestTopics topics = cluster.freshTopics(PARTITIONS);
        Random random = new Random(5);
        List<PipelineProcess> running = new ArrayList<>();
        int[] changes = new int[3];
        try {
            Feeder feeder = new Feeder(cluster, topics, count, rate);

            // When
            while (!feeder.isDone()) {
                if (running.isEmpty() || running.size() < 3 && random.nextBoolean()) {
                    running.add(PipelineProcess.start(topics.properties(cluster), "run"));
                    changes[0]++;
                } else {
                    PipelineProcess leaving = running.remove(random.nextInt(running.size()));
                    if (random.nextBoolean()) {
                        leaving.signal("TERM");
                        leaving.exitCode(30);
                        changes[1]++;
                    } else {
                        changes[2]++;
                    }
                    leaving.close();
                }
                // Any moment: there is no condition to wait for.
                LockSupport.parkNanos(
                        Duration.ofMillis(500 + random.nextInt(8_000)).toNanos());
            }
            feeder.join();
            LOG.info("{} came, {} left, {} were killed", changes[0], changes[1], changes[2]);

            // Then
            if (running.isEmpty()) {
                running.add(PipelineProcess.start(topics.properties(cluster), "run"));
            }
            await().atMost(2, MINUTES)
                    .pollInterval(1, SECONDS)
                    .until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
        } finally {
            running.forEach(PipelineProcess::close);
        }
        NumberedLogins.assertExactlyOnce(cluster, topics, count);
    }

    /** As a scaler of Kubernetes asks for it: what is written, and not committed by the group. */
    private static long lag(Cluster cluster, TestTopics topics) {
        var committed = cluster.committed(topics.group());
        return cluster.ends(topics.input()).entrySet().stream()
                .mapToLong(end -> end.getValue() - committed.getOrDefault(end.getKey(), 0L))
                .sum();
    }

    /** How much was committed at one moment. */
    private record Progress(Cluster cluster, TestTopics topics, long before) {
        Progress(Cluster cluster, TestTopics topics) {
            this(cluster, topics, committed(cluster, topics));
        }

        boolean isExceeded() {
            return committed(cluster, topics) > before;
        }

        private static long committed(Cluster cluster, TestTopics topics) {
            return cluster.committed(topics.group()).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }
}
