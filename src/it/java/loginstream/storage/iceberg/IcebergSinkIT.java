package loginstream.storage.iceberg;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import loginstream.Application;
import loginstream.config.Settings;
import loginstream.deadletter.DeadLetterHeaders;
import loginstream.fixture.Cluster;
import loginstream.fixture.Logins;
import loginstream.fixture.NumberedLogins;
import loginstream.fixture.PipelineProcess;
import loginstream.fixture.PostgresServer;
import loginstream.fixture.SharedBroker;
import loginstream.sandbox.ObjectStorage;
import loginstream.storage.ProcessedLogins;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Processed logins in an Iceberg table on object storage. */
@ExtendWith(SharedBroker.class)
class IcebergSinkIT {
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
    void whatThePipelineSendsIsARow(Cluster cluster) throws Exception {
        // Given
        Settings pipeline = Settings.load(stored.topics().properties(cluster), Map.of());
        cluster.send(NumberedLogins.records(stored.topics(), 0, 100));

        // When
        try (Application first = new Application(pipeline);
                Application sink = new Application(stored.settings())) {
            first.start();
            sink.start();
            await().atMost(40, SECONDS).until(() -> stored.count() == 95);
            stored.await();
        }

        // Then
        Record row = stored.rows().stream()
                .filter(record ->
                        ((Map<?, ?>) record.getField("extensions")).get("n").equals("8"))
                .findFirst()
                .orElseThrow();
        assertThat(row.getField("topic")).isEqualTo(stored.topics().output());
        assertThat(row.getField("event_time")).isEqualTo(OffsetDateTime.parse("2023-09-12T00:45:51Z"));
        assertThat(row.getField("device_type")).isEqualTo("android");
        assertThat(row.getField("locale")).isEqualTo("RU");
        assertThat(row.getField("app_version")).isEqualTo("2.3.0");
        assertThat(cluster.readCommitted(stored.refused())).isEmpty();
    }

    @Test
    void whatTheTableCannotHoldIsADeadLetterAndTheOthersAreStored(Cluster cluster) throws Exception {
        // Given
        String topic = stored.topics().output();
        cluster.send(ProcessedLogins.records(topic, 0, 500));
        cluster.sendValues(
                topic,
                List.of(
                        Logins.bytes("{\"event_time\":\"+12345-01-01T00:00:00Z\"}"),
                        Logins.bytes("{\"event_time\":\"today\"}"),
                        Logins.bytes("{\"ip\":\"\\ud800\"}"),
                        Logins.bytes("no JSON")));
        cluster.send(ProcessedLogins.records(topic, 500, 1000));

        // When
        stored.run();

        // Then
        assertThat(stored.count()).isEqualTo(1000);
        assertThat(cluster.readCommitted(stored.refused()))
                .extracting(record -> Logins.text(
                        record.headers().lastHeader(DeadLetterHeaders.REASON).value()))
                .hasSize(4)
                .contains(
                        "RefusedRowException: a text holds half of a character",
                        "RefusedRowException: event_time: a time that tables do not hold",
                        "RefusedRowException: event_time: not a time in ISO-8601");
    }

    @Test
    void aDeadLetterThatItsTopicDoesNotTakeGoesInASmallerForm(Cluster cluster) throws Exception {
        // Given
        String topic = stored.topics().output();
        cluster.alter(stored.refused(), "max.message.bytes", "10000");
        cluster.send(ProcessedLogins.records(topic, 0, 100));
        cluster.sendValues(topic, List.of(Logins.bytes("{\"event_time\":\"" + "x".repeat(20_000) + "\"}")));
        cluster.send(ProcessedLogins.records(topic, 100, 200));

        // When
        stored.run();

        // Then
        assertThat(stored.count()).isEqualTo(200);
        assertThat(cluster.readCommitted(stored.refused()))
                .singleElement()
                .extracting(ConsumerRecord::value)
                .isNull();
    }

    @Test
    void aStepThatStandsTwiceInARouteStoresOnce(@TempDir Path routes, Cluster cluster) throws Exception {
        // Given
        String file = "storage/iceberg/iceberg.camel.yaml";
        Files.createDirectories(routes.resolve(file).getParent());
        Files.writeString(
                routes.resolve(file),
                Files.readString(Path.of("routes", file)).replaceFirst("( +- process:\\R +ref: iceberg\\R)", "$1$1"));
        cluster.send(ProcessedLogins.records(stored.topics().output(), 0, 100));

        // When
        try (Application sink = new Application(
                stored.settings("loginstream.routes", "yaml", "loginstream.routes.directory", routes.toString()))) {
            sink.start();
            stored.await();
        }

        // Then
        stored.assertEachOnce(100);
    }

    @Test
    void whatComesAgainIsRecognizedAlsoAfterTheTableWasTidiedUp(Cluster cluster) throws Exception {
        // Given
        String topic = stored.topics().output();
        for (int part = 0; part < 5; part++) {
            cluster.send(ProcessedLogins.records(topic, part * 200, (part + 1) * 200));
            stored.run();
        }
        long files = stored.files();

        // When
        try (PipelineProcess process = PipelineProcess.start(stored.properties(), "storage", "maintain")) {
            assertThat(process.exitCode(60)).isZero();
            assertThat(process.output())
                    .contains("small ones joined to", "orphans: ")
                    .containsPattern("snapshots: \\d+ of \\d+ removed");
        }

        // Then
        assertThat(stored.files()).isLessThan(files);
        stored.assertEachOnce(1000);

        // When
        cluster.rewind(stored.topics().groupOf("iceberg"), topic);
        stored.run();

        // Then
        stored.assertEachOnce(1000);
    }

    @Test
    void checkAsksStorageAndCatalog(Cluster cluster) throws Exception {
        cluster.send(ProcessedLogins.records(stored.topics().output(), 0, 10));
        stored.run();

        assertThat(check(stored.properties())).contains("ok      store          iceberg stores");
        assertThat(check(stored.properties("loginstream.sink.iceberg.username", "who")))
                .contains("FAILED  store", "role \"who\" does not exist");
        assertThat(check(stored.properties("loginstream.sink.iceberg.s3.secret-access-key", "wrong")))
                .contains("FAILED  store", "the table takes nothing for now");
    }

    private static String check(Properties properties) throws InterruptedException {
        try (PipelineProcess process = PipelineProcess.start(properties, "check")) {
            process.exitCode(60);
            return process.output();
        }
    }

    @Test
    void columnsThatOthersHaveAddedStayEmpty(Cluster cluster) throws Exception {
        // Given
        String topic = stored.topics().output();
        cluster.send(ProcessedLogins.records(topic, 0, 100));
        stored.run();

        // When
        stored.with(table -> table.updateSchema()
                .addColumn("region", Types.StringType.get())
                .renameColumn("ip", "address")
                .commit());
        cluster.send(ProcessedLogins.records(topic, 100, 200));
        stored.run();

        // Then
        stored.assertEachOnce(200);
        assertThat(stored.rows()).allMatch(row -> row.getField("region") == null);
        assertThat(stored.rows())
                .filteredOn(row -> row.getField("address") != null)
                .hasSize(100);
        assertThat(stored.rows()).filteredOn(row -> row.getField("ip") != null).hasSize(100);
    }
}
