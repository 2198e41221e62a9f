package loginstream.storage.iceberg;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import loginstream.sandbox.ObjectStorage;
import loginstream.storage.ProcessedLogins;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Killed sinks, storage and catalogs that are killed, and others that change the table meanwhile. */
@ExtendWith(SharedBroker.class)
class IcebergFaultsIT {
    private static final int COUNT = 20_000;
    private static final int RATE = 2_000;

    private static PostgresServer server;
    private static ObjectStorage storage;

    private StoredTable stored;

    @BeforeAll
    static void startServers() {
        server = new PostgresServer();
        storage = new ObjectStorage();
    }

    @AfterAll
    static void stopServers() {
        storage.close();
        server.close();
    }

    @BeforeEach
    void begin(Cluster cluster) {
        stored = StoredTable.fresh(cluster, server, storage);
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
    void storageThatIsAwayIsWaitedFor(Cluster cluster) throws Exception {
        isWaitedFor(cluster, storage::kill, storage::startAgain);
    }

    @Test
    void aCatalogThatIsAwayIsWaitedFor(Cluster cluster) throws Exception {
        isWaitedFor(cluster, server::kill, server::startAgain);
    }

    private void isWaitedFor(Cluster cluster, Runnable kill, Runnable startAgain) throws Exception {
        // Given
        Settings settings = stored.settings();
        Health health = new Health(settings);
        Feeder feeder = feeder(cluster, COUNT, RATE);
        try (Application sink = new Application(settings)) {
            sink.start();
            await().atMost(40, SECONDS).until(() -> stored.count() > 2_000);

            // When
            kill.run();
            try {
                await().atMost(40, SECONDS).untilAsserted(() -> assertThat(health.readiness())
                        .contains("the table takes nothing for now"));
                assertThat(health.isLive()).isTrue();
            } finally {
                startAgain.run();
            }

            // Then
            await().atMost(40, SECONDS).until(health::isReady);
            feeder.join();
            stored.await();
        }
        stored.assertEachOnce(COUNT);
    }

    @Test
    void othersMayChangeTheTableMeanwhile(Cluster cluster) throws Exception {
        // Given
        Feeder feeder = feeder(cluster, COUNT, RATE);
        try (Application sink = new Application(stored.settings())) {
            sink.start();
            await().atMost(40, SECONDS).until(() -> stored.count() > 0);

            // When
            while (stored.count() < COUNT) {
                stored.with(table -> new TableCare(table).joinSmallFiles());
                stored.with(table -> table.updateProperties()
                        .set("touched", Long.toString(System.nanoTime()))
                        .commit());
            }
            feeder.join();
            stored.await();
        }

        // Then
        stored.assertEachOnce(COUNT);
    }

    private Feeder feeder(Cluster cluster, int count, int rate) {
        return new Feeder(
                cluster, (from, to) -> ProcessedLogins.records(stored.topics().output(), from, to), count, rate);
    }
}
