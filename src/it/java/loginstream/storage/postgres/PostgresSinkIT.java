package loginstream.storage.postgres;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import loginstream.Application;
import loginstream.config.Settings;
import loginstream.deadletter.DeadLetterHeaders;
import loginstream.fixture.Cluster;
import loginstream.fixture.Health;
import loginstream.fixture.Logins;
import loginstream.fixture.PipelineProcess;
import loginstream.fixture.PostgresServer;
import loginstream.fixture.SharedBroker;
import loginstream.storage.ProcessedLogins;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Processed logins in a real PostgreSQL. */
@ExtendWith(SharedBroker.class)
class PostgresSinkIT {
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
    void whatThePipelineSendsIsARow(Cluster cluster) throws Exception {
        // Given
        Settings pipeline = Settings.load(stored.topics().properties(cluster), Map.of());
        cluster.send(loginstream.fixture.NumberedLogins.records(stored.topics(), 0, 100));

        // When
        try (Application first = new Application(pipeline);
                Application sink = new Application(stored.settings())) {
            first.start();
            sink.start();
            await().atMost(40, SECONDS).until(() -> stored.count() == 95);
            stored.await();
        }

        // Then
        assertThat(PostgresServer.query(
                        stored.url(),
                        "select topic, event_time = to_timestamp(1694479551), processed_time > now() - interval '1 minute',"
                                + " user_id, device_id, device_type, ip, locale, app_version, extensions"
                                + " from logins where extensions->>'n' = '8'"))
                .containsExactly(
                        stored.topics().output() + " t t 00000000-0000-0007-0000-000000000008 593-47-5928 android"
                                + " 199.172.111.135 RU 2.3.0 {\"n\": 8}");
        assertThat(PostgresServer.query(stored.url(), "select device_type, logins, users from logins_by_device"))
                .containsExactly("android 95 95");
        assertThat(cluster.readCommitted(stored.refused())).isEmpty();
    }

    @Test
    void aRowThatTheDatabaseRefusesIsADeadLetterAndTheOthersAreStored(Cluster cluster) throws Exception {
        // Given
        String topic = stored.topics().output();
        cluster.send(ProcessedLogins.records(topic, 0, 500));
        cluster.send(List.of(
                ProcessedLogins.record(topic, 500, ",\"note\":\"a\\u0000b\""),
                ProcessedLogins.record(topic, 501, ",\"more\":[17]")));
        cluster.sendValues(topic, List.of(Logins.bytes("{\"event_time\":\"today\"}"), Logins.bytes("no JSON")));
        cluster.send(ProcessedLogins.records(topic, 502, 1000));

        // When
        stored.run();

        // Then
        assertThat(stored.count()).isEqualTo(999);
        assertThat(cluster.readCommitted(stored.refused()))
                .extracting(
                        record -> header(record, DeadLetterHeaders.FAILURE),
                        record -> header(record, DeadLetterHeaders.REASON))
                .containsExactlyInAnyOrder(
                        tuple(
                                "processing",
                                "RefusedRowException: the database refuses it: unsupported Unicode escape sequence (22P05)"),
                        tuple("processing", "RefusedRowException: event_time: not a time in ISO-8601"),
                        tuple("unparseable", header(unparseable(cluster), DeadLetterHeaders.REASON)));
    }

    private ConsumerRecord<byte[], byte[]> unparseable(Cluster cluster) {
        return cluster.readCommitted(stored.refused()).stream()
                .filter(record -> header(record, DeadLetterHeaders.FAILURE).equals("unparseable"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whoMayNotStoreWaitsWithOneLine(Cluster cluster) throws Exception {
        // Given
        String role = "r" + stored.topics().input().replace("-", "");
        PostgresServer.execute(
                stored.url(), "revoke create on schema public from public; create role " + role + " login");
        cluster.send(ProcessedLogins.records(stored.topics().output(), 0, 1_000));
        Properties properties = stored.properties("loginstream.sink.postgres.username", role);
        Health health = new Health(Settings.load(properties, Map.of()));
        try (PipelineProcess process = PipelineProcess.start(properties)) {
            await().atMost(40, SECONDS).untilAsserted(() -> assertThat(process.output())
                    .contains("the database stores nothing for now: permission denied for schema public (42501)"));
            await().during(3, SECONDS).atMost(10, SECONDS).until(() -> health.isLive() && !health.isReady());
            assertThat(process.output()).doesNotContain("\tat ");
            assertThat(process.output().lines().filter(line -> line.contains("WARN") || line.contains("ERROR")))
                    .hasSize(1);

            // When
            PostgresServer.execute(stored.url(), "grant create on schema public to " + role);

            // Then
            await().atMost(40, SECONDS).until(() -> stored.count() == 1_000);
            await().atMost(20, SECONDS).until(health::isReady);
        }
    }

    @Test
    void anyStepMayStandBeforeItAndFail(@TempDir Path routes, Cluster cluster) throws Exception {
        // Given
        String file = "storage/postgres/postgres.camel.yaml";
        Files.createDirectories(routes.resolve(file).getParent());
        Files.writeString(
                routes.resolve(file),
                Files.readString(Path.of("routes", file)).replaceFirst("( +)- process:\\R +ref: postgres\\R", """
                                $1- filter:
                                $1    simple: \\${body[n]} == 7
                                $1    steps:
                                $1      - throwException:
                                $1          exceptionType: java.lang.IllegalArgumentException
                                $1          message: unlucky
                                $1- filter:
                                $1    simple: \\${body[n]} < 60
                                $1    steps:
                                $1      - process:
                                $1          ref: postgres
                                $1- filter:
                                $1    simple: \\${body[n]} >= 60
                                $1    steps:
                                $1      - stop: {}
                                """));
        cluster.send(ProcessedLogins.records(stored.topics().output(), 0, 100));
        Settings settings = Settings.load(
                stored.properties(
                        "loginstream.routes",
                        "yaml",
                        "loginstream.routes.directory",
                        routes.toString(),
                        "loginstream.sink.postgres.username",
                        "nobody"),
                Map.of());
        Health health = new Health(settings);

        // When
        try (Application sink = new Application(settings)) {
            sink.start();
            await().atMost(40, SECONDS).untilAsserted(() -> assertThat(health.readiness())
                    .contains("the database stores nothing for now: role", "does not exist (28000)"));
            PostgresServer.execute(stored.url(), "create role nobody superuser login");

            // Then
            await().atMost(60, SECONDS).until(() -> stored.isComplete());
        }
        assertThat(stored.count()).isEqualTo(59);
        assertThat(cluster.readCommitted(stored.refused()))
                .extracting(record -> header(record, DeadLetterHeaders.REASON))
                .containsExactly("IllegalArgumentException: unlucky");
    }

    @Test
    void aColumnOfOnesOwnDoesNoHarm(Cluster cluster) throws Exception {
        // Given
        String topic = stored.topics().output();
        cluster.send(ProcessedLogins.records(topic, 0, 10));
        try (Application sink = new Application(stored.settings())) {
            sink.start();
            stored.await();
            PostgresServer.execute(
                    stored.url(), "alter table logins add column stored_at timestamptz not null default now()");

            // When
            cluster.send(List.of(ProcessedLogins.record(topic, 10, ",\"note\":\"a\\u0000b\"")));
            cluster.send(ProcessedLogins.records(topic, 11, 100));
            stored.await();
        }

        // Then
        assertThat(stored.count()).isEqualTo(99);
        assertThat(cluster.readCommitted(stored.refused())).hasSize(1);
    }

    @Test
    void whatIsOldIsDropped(Cluster cluster) throws Exception {
        // Given
        String topic = stored.topics().output();
        cluster.send(ProcessedLogins.records(topic, 0, 10));
        String old = Logins.text(ProcessedLogins.record(topic, 10, "").value())
                .replaceAll("\"event_time\":\"[^\"]*\"", "\"event_time\":\"%s\"");
        cluster.sendValues(
                topic,
                List.of(
                        Logins.bytes(old.formatted("2001-01-01T00:00:00Z")),
                        Logins.bytes(old.formatted("2026-10-01T00:00:00Z")),
                        Logins.bytes(old.formatted("2999-01-01T00:00:00Z"))));

        // When
        stored.run();
        assertThat(PostgresServer.query(
                        stored.url(),
                        "select tableoid::regclass, count(*) from logins where event_time not between now() - interval '2"
                                + " days' and now() group by 1 order by 1"))
                .containsExactlyInAnyOrder("logins_other 2", "logins_20261001 1");
        try (Application sink = new Application(stored.settings("loginstream.sink.postgres.retention-days", "20"))) {
            sink.start();

            // Then
            await().atMost(20, SECONDS).until(() -> stored.count() == 11);
        }
        assertThat(PostgresServer.query(stored.url(), "select to_regclass('logins_20261001') is null"))
                .containsExactly("t");
    }

    @Test
    void checkAsksTheDatabase(Cluster cluster) throws Exception {
        assertThat(check(stored.properties())).contains("ok      store          postgres stores");
        assertThat(check(stored.properties("loginstream.sink.postgres.username", "who")))
                .contains("FAILED  store", "role \"who\" does not exist");
    }

    private static String check(Properties properties) throws InterruptedException {
        try (PipelineProcess process = PipelineProcess.start(properties, "check")) {
            process.exitCode(60);
            return process.output();
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return Logins.text(record.headers().lastHeader(name).value());
    }
}
