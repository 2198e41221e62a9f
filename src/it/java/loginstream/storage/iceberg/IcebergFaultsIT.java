package loginstream.storage.iceberg;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import loginstream.Application;
import loginstream.fixture.Cluster;
import loginstream.fixture.Feeder;
import loginstream.fixture.FlakyLink;
import loginstream.fixture.PipelineProcess;
import loginstream.fixture.PostgresServer;
import loginstream.fixture.SmallDisk;
import loginstream.sandbox.ObjectStorage;
import loginstream.storage.SinkFaultCases;
import loginstream.storage.StoredLogins;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Killed sinks, storage and catalogs that are away or full, and others that change the table meanwhile. */
class IcebergFaultsIT extends SinkFaultCases {
    private static final String WORDS = "the table takes nothing for now";
    private static final int COUNT = 20_000;
    private static final int RATE = 2_000;

    private static PostgresServer server;
    private static ObjectStorage storage;

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

    @Override
    protected StoredTable fresh(Cluster cluster) {
        return StoredTable.fresh(cluster, server, storage);
    }

    @Test
    void storageThatIsAwayIsWaitedFor() throws Exception {
        isWaitedFor(stored(), WORDS + ": the storage: ", storage::kill, storage::startAgain);
    }

    @Test
    void storageThatHangsUpInTheMiddleOfAnUploadIsWaitedFor() throws Exception {
        try (FlakyLink link = new FlakyLink(storage.port())) {
            isWaitedFor(
                    stored(),
                    WORDS,
                    () -> link.breakAfter(8 << 10),
                    link::mend,
                    "loginstream.sink.iceberg.s3.endpoint",
                    "http://127.0.0.1:" + link.port());
        }
    }

    @Test
    void aCatalogThatIsAwayIsWaitedFor() throws Exception {
        isWaitedFor(stored(), WORDS + ": the catalog: ", server::kill, server::startAgain);
    }

    @Test
    @Tag("long")
    void storageThatIsFullIsWaitedFor(Cluster cluster) throws Exception {
        try (SmallDisk disk = new SmallDisk(20);
                ObjectStorage small = new ObjectStorage(disk.folder())) {
            isWaitedFor(StoredTable.fresh(cluster, server, small), WORDS, disk::fill, disk::free);
        }
    }

    @Test
    @Tag("long")
    void aFullDiskOfItsOwnIsWaitedFor() throws Exception {
        // Given
        StoredLogins stored = stored();
        stored.send(RATE);
        try (SmallDisk disk = new SmallDisk(20);
                PipelineProcess sink = PipelineProcess.start(
                        stored.properties("java.io.tmpdir", disk.folder().toString()))) {
            await().atMost(40, SECONDS).until(() -> stored.count() == RATE);
            Feeder feeder = stored.feed(RATE, COUNT, RATE);

            // When
            disk.fill();
            await().atMost(60, SECONDS)
                    .untilAsserted(() -> assertThat(sink.output()).contains(WORDS));
            disk.free();

            // Then
            feeder.join();
            stored.await();
        }
        stored.assertEachOnce(COUNT);
    }

    @Test
    void othersMayChangeTheTableMeanwhile(Cluster cluster) throws Exception {
        // Given
        StoredTable stored = fresh(cluster);
        Feeder feeder = stored.feed(0, COUNT, RATE);
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
}
