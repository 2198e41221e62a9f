package loginstream.storage.postgres;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import loginstream.Application;
import loginstream.config.Settings;
import loginstream.fixture.Cluster;
import loginstream.fixture.Feeder;
import loginstream.fixture.Health;
import loginstream.fixture.PipelineProcess;
import loginstream.fixture.PostgresServer;
import loginstream.fixture.SharedBroker;
import loginstream.storage.ProcessedLogins;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Killed sinks, and databases that are killed, locked or full. */
@ExtendWith(SharedBroker.class)
class PostgresFaultsIT {
    private static PostgresServer server;

    private StoredTopic stored;

    @BeforeAll
    static void startServer() {
        server = new PostgresServer();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void begin(Cluster cluster) {
        stored = StoredTopic.fresh(cluster, server);
    }

    @Test
    void eachIsThereOnceWhateverIsKilled(Cluster cluster) throws Exception {
        survivesKills(cluster, 40_000, 3_000, 3);
    }

    @Test
    @Tag("long")
    void aMillionWithTwentyKills(Cluster cluster) throws Exception {
        survivesKills(cluster, 1_000_000, 10_000, 20);
    }

    private void survivesKills(Cluster cluster, int count, int rate, int kills) throws Exception {
        // Given
        Feeder feeder = feeder(cluster, count, rate);
        List<PipelineProcess> processes = new ArrayList<>(
                List.of(PipelineProcess.start(stored.properties()), PipelineProcess.start(stored.properties())));
        try {
            for (int kill = 0; kill < kills; kill++) {
                long enough = (kill + 1L) * count / (kills + 2);
                await().atMost(120, SECONDS).until(() -> stored.count() > enough);

                // When
                processes.remove(0).close();
                processes.add(PipelineProcess.start(stored.properties()));
            }
            feeder.join();
            await().atMost(120, SECONDS).until(() -> stored.count() >= count && stored.isComplete());
        } finally {
            processes.forEach(PipelineProcess::close);
        }

        // Then
        stored.assertEachOnce(count);
    }

    @Test
    void aDatabaseThatIsAwayIsWaitedFor(Cluster cluster) throws Exception {
        // Given
        Settings settings = stored.settings();
        Health health = new Health(settings);
        Feeder feeder = feeder(cluster, 20_000, 2_000);
        try (Application sink = new Application(settings)) {
            sink.start();
            await().atMost(40, SECONDS).until(() -> stored.count() > 2_000);

            // When
            server.kill();
            try {
                await().atMost(20, SECONDS).untilAsserted(() -> assertThat(health.readiness())
                        .contains("the database stores nothing for now"));
                assertThat(health.isLive()).isTrue();
            } finally {
                server.startAgain();
            }

            // Then
            await().atMost(30, SECONDS).until(health::isReady);
            feeder.join();
            stored.await();
        }
        stored.assertEachOnce(20_000);
    }

    @Test
    void aLockIsWaitedFor(Cluster cluster) throws Exception {
        // Given
        cluster.send(ProcessedLogins.records(stored.topics().output(), 0, 1_000));
        Settings settings = stored.settings();
        Health health = new Health(settings);
        try (Application sink = new Application(settings)) {
            sink.start();
            await().atMost(40, SECONDS).until(() -> stored.count() == 1_000);

            // When
            try (Connection connection = PostgresServer.connect(stored.url());
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("lock table logins in access exclusive mode");
                cluster.send(ProcessedLogins.records(stored.topics().output(), 1_000, 2_000));
                await().atMost(30, SECONDS)
                        .untilAsserted(() -> assertThat(health.readiness()).contains("lock timeout"));
            }

            // Then
            stored.await();
            await().atMost(20, SECONDS).until(health::isReady);
        }
        stored.assertEachOnce(2_000);
    }

    @Test
    @Tag("long")
    void aFullDiskIsWaitedFor(Cluster cluster) throws Exception {
        try (PostgresServer small = PostgresServer.onDiskOf(400)) {
            // Given
            stored = StoredTopic.fresh(cluster, small);
            Settings settings = stored.settings();
            Health health = new Health(settings);
            Feeder feeder = feeder(cluster, 100_000, 10_000);
            try (Application sink = new Application(settings)) {
                sink.start();
                await().atMost(40, SECONDS).until(() -> stored.count() > 5_000);

                // When
                small.fillDisk();
                await().atMost(60, SECONDS).until(() -> !health.isReady());
                await().during(5, SECONDS).atMost(20, SECONDS).until(() -> health.isLive() && !health.isReady());
                small.freeDisk();

                // Then
                feeder.join();
                await().atMost(60, SECONDS).until(() -> stored.isComplete());
                await().atMost(20, SECONDS).until(health::isReady);
            }
            stored.assertEachOnce(100_000);
        }
    }

    private Feeder feeder(Cluster cluster, int count, int rate) {
        return new Feeder(
                cluster, (from, to) -> ProcessedLogins.records(stored.topics().output(), from, to), count, rate);
    }
}
