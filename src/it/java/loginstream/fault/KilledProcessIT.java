package loginstream.fault;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import loginstream.fixture.Cluster;
import loginstream.fixture.Feeder;
import loginstream.fixture.NumberedLogins;
import loginstream.fixture.PipelineProcess;
import loginstream.fixture.Progress;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Processes that are killed with SIGKILL at any moment. */
@ExtendWith(SharedBroker.class)
class KilledProcessIT {
    private static final Logger LOG = LoggerFactory.getLogger("loginstream.fault");
    /** What a crash may cost, until every partition goes on and a reader of committed records sees it. */
    private static final Duration CRASH_BUDGET = Duration.ofSeconds(15);

    private static final int PARTITIONS = 4;

    @Test
    void aRestartedProcessGoesOn(Cluster cluster) {
        survivesKills(cluster, 40_000, 2_000, 1, 2);
    }

    @Test
    void anotherProcessOfTheGroupGoesOn(Cluster cluster) {
        survivesKills(cluster, 40_000, 2_000, 2, 2);
    }

    @Test
    @Tag("long")
    void twoProcessesAndTwentyKillsOverAMillionRecords(Cluster cluster) {
        survivesKills(cluster, 1_000_000, 4_000, 2, 20);
    }

    private static void survivesKills(Cluster cluster, int count, int rate, int processes, int kills) {
        // Given
        TestTopics topics = cluster.freshTopics(PARTITIONS);
        Random random = new Random(kills);
        List<PipelineProcess> running = new ArrayList<>();
        try {
            IntStream.range(0, processes).forEach(i -> running.add(start(cluster, topics)));
            await().atMost(1, MINUTES).until(() -> cluster.members(topics.group()) == processes);
            Feeder feeder = new Feeder(cluster, topics, count, rate);
            await().atMost(1, MINUTES).until(() -> Progress.none().isExceeded(cluster, topics));

            // When
            for (int kill = 0; kill < kills; kill++) {
                // Any moment of a batch: there is no condition to wait for.
                LockSupport.parkNanos(
                        Duration.ofMillis(500 + random.nextInt(2000)).toNanos());
                int victim = random.nextInt(processes);
                long killed = System.nanoTime();
                running.get(victim).close();
                Progress before = Progress.now(cluster, topics);
                running.set(victim, start(cluster, topics));
                await().atMost(CRASH_BUDGET).until(() -> before.isExceeded(cluster, topics));
                LOG.info("kill {}: everything goes on after {} ms", kill + 1, (System.nanoTime() - killed) / 1_000_000);
            }

            // Then
            feeder.join();
            await().atMost(2, MINUTES)
                    .pollInterval(1, SECONDS)
                    .until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
        } finally {
            running.forEach(PipelineProcess::close);
        }
        NumberedLogins.assertExactlyOnce(cluster, topics, count);
    }

    private static PipelineProcess start(Cluster cluster, TestTopics topics) {
        return PipelineProcess.start(topics.properties(cluster), "run");
    }
}
