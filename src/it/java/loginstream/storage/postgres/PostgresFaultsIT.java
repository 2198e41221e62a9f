package loginstream.storage.postgres;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.Statement;
import loginstream.Application;
import loginstream.config.Settings;
import loginstream.fixture.Cluster;
import loginstream.fixture.Health;
import loginstream.fixture.PostgresServer;
import loginstream.fixture.SmallDisk;
import loginstream.storage.ProcessedLogins;
import loginstream.storage.SinkFaultCases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Killed sinks, and databases that are killed, replaced, locked or full. */
class PostgresFaultsIT extends SinkFaultCases {
    private static final String WORDS = "the database stores nothing for now";

    private static PostgresServer server;

    @BeforeAll
    static void startServer() {
        server = new PostgresServer();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Override
    protected StoredTopic fresh(Cluster cluster) {
        return StoredTopic.fresh(cluster, server);
    }

    @Test
    void aDatabaseThatIsAwayIsWaitedFor() throws Exception {
        isWaitedFor(stored(), WORDS, server::kill, server::startAgain);
    }

    @Test
    void theStandbyThatTakesOverIsFound(Cluster cluster) throws Exception {
        try (PostgresServer primary = new PostgresServer();
                PostgresServer standby = primary.standby()) {
            String both =
                    primary.freshDatabase().replace(primary.address(), primary.address() + "," + standby.address())
                            + "?targetServerType=primary";

            isWaitedFor(new StoredTopic(cluster, both), WORDS, primary::kill, standby::promote);
        }
    }

    @Test
    void aLockIsWaitedFor(Cluster cluster) throws Exception {
        // Given
        StoredTopic stored = fresh(cluster);
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
        try (SmallDisk disk = new SmallDisk(400);
                PostgresServer small = new PostgresServer(disk.folder())) {
            isWaitedFor(StoredTopic.fresh(cluster, small), WORDS, disk::fill, () -> {
                disk.free();
                small.startIfStopped();
            });
        }
    }
}
