package loginstream.fault;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import loginstream.config.Settings;
import loginstream.fixture.BrokerProcess;
import loginstream.fixture.Cluster;
import loginstream.fixture.Health;
import loginstream.fixture.NumberedLogins;
import loginstream.fixture.PipelineProcess;
import loginstream.fixture.TestTopics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A broker that goes, or hangs, while nothing comes: nothing fails then that would tell. */
class IdleOutageIT {
    private static final int COUNT = 500;
    /** Some heartbeats. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    private static final String AWAY = "no heartbeat was answered for ";

    private static BrokerProcess broker;

    @BeforeAll
    static void start() {
        broker = BrokerProcess.start();
    }

    @AfterAll
    static void end() {
        broker.close();
    }

    @Test
    void isToldOfABrokerThatHangs() throws Exception {
        isTold(broker::freeze, broker::thaw);
    }

    @Test
    void isToldOfABrokerThatIsGone() throws Exception {
        isTold(broker::stop, broker::startAgain);
    }

    private static void isTold(Runnable begin, Runnable end) throws Exception {
        // Given a pipeline that has nothing to do any more
        Cluster cluster = broker.cluster();
        TestTopics topics = cluster.freshTopics(2);
        Properties properties = topics.properties(cluster);
        Health health = new Health(Settings.load(properties, Map.of()));
        try (PipelineProcess process = PipelineProcess.start(properties, "run")) {
            await().atMost(30, SECONDS)
                    .until(() -> process.output().contains("Loginstream is running") && health.isReady());
            cluster.send(NumberedLogins.records(topics, 0, COUNT));
            await().atMost(30, SECONDS).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
            Thread.sleep(QUIET.toMillis());

            // When
            begin.run();
            try {
                // Then
                await().atMost(20, SECONDS).until(() -> !health.isReady());
                await().atMost(20, SECONDS).until(() -> process.output().contains(AWAY));
                await().during(Duration.ofSeconds(5)).atMost(6, SECONDS).until(() -> !health.isReady());
                assertThat(health.isLive()).isTrue();
            } finally {
                end.run();
            }
            await().atMost(30, SECONDS).until(health::isReady);
            await().atMost(10, SECONDS).until(() -> process.output().contains("the brokers answer again"));
            cluster.send(NumberedLogins.records(topics, COUNT, 2 * COUNT));
            await().atMost(30, SECONDS).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
            NumberedLogins.assertExactlyOnce(cluster, topics, 2 * COUNT);

            // And its end is told as well
            process.signal("TERM");
            assertThat(process.exitCode(30)).isEqualTo(143);
            assertThat(process.output()).contains("stopping: ", "stopped");
        }
    }
}
