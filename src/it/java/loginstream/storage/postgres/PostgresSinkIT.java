package loginstream.storage.postgres;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import loginstream.Application;
import loginstream.config.Settings;
import loginstream.deadletter.DeadLetterHeaders;
import loginstream.fixture.Cluster;
import loginstream.fixture.Feeder;
import loginstream.fixture.Health;
import loginstream.fixture.Logins;
import loginstream.fixture.PipelineProcess;
import loginstream.fixture.PostgresServer;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
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
    private static final String SINK = "postgres";

    private static PostgresServer server;

    private TestTopics topics;
    private String url;

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
        topics = cluster.freshTopics(2);
        cluster.create(List.of(topics.refusedBy(SINK)));
        url = server.freshDatabase();
    }

    @Test
    void whatThePipelineSendsIsARow(Cluster cluster) throws Exception {
        // Given
        Settings pipeline = Settings.load(topics.properties(cluster), Map.of());
        cluster.send(loginstream.fixture.NumberedLogins.records(topics, 0, 100));

        // When
        try (Application first = new Application(pipeline);
                Application sink = new Application(settings(cluster))) {
            first.start();
            sink.start();
            await().atMost(40, SECONDS).until(() -> count() == 95);
            awaitStored(cluster);
        }

        // Then
        assertThat(PostgresServer.query(
                        url,
                        "select topic, event_time = to_timestamp(1694479551), processed_time > now() - interval '1 minute',"
                                + " user_id, device_id, device_type, ip, locale, app_version, extensions"
                                + " from logins where extensions->>'n' = '8'"))
                .containsExactly(topics.output() + " t t 00000000-0000-0007-0000-000000000008 593-47-5928 android"
                        + " 199.172.111.135 RU 2.3.0 {\"n\": 8}");
        assertThat(PostgresServer.query(url, "select device_type, logins, users from logins_by_device"))
                .containsExactly("android 95 95");
        assertThat(cluster.readCommitted(topics.refusedBy(SINK))).isEmpty();
    }

    @Test
    void eachIsThereOnceWhateverIsKilled(Cluster cluster) throws Exception {
        survivesKills(cluster, 40_000, 3_000, 3);
    }

    @Test
    @org.junit.jupiter.api.Tag("long")
    void aMillionWithTwentyKills(Cluster cluster) throws Exception {
        survivesKills(cluster, 1_000_000, 10_000, 20);
    }

    private void survivesKills(Cluster cluster, int count, int rate, int kills) throws Exception {
        // Given
        Feeder feeder =
                new Feeder(cluster, (from, to) -> ProcessedLogins.records(topics.output(), from, to), count, rate);
        List<PipelineProcess> processes = new ArrayList<>(List.of(start(cluster), start(cluster)));
        try {
            for (int kill = 0; kill < kills; kill++) {
                long enough = (kill + 1L) * count / (kills + 2);
                await().atMost(120, SECONDS).until(() -> count() > enough);

                // When
                processes.remove(0).close();
                processes.add(start(cluster));
            }
            feeder.join();
            await().atMost(120, SECONDS).until(() -> count() >= count && isStored(cluster));
        } finally {
            processes.forEach(PipelineProcess::close);
        }

        // Then
        assertThat(PostgresServer.query(
                        url,
                        "select count(*), count(distinct (topic, \"partition\", \"offset\")),"
                                + " count(distinct extensions->>'n') from logins"))
                .containsExactly(count + " " + count + " " + count);
        assertThat(cluster.readCommitted(topics.refusedBy(SINK))).isEmpty();
    }

    @Test
    void aRowThatTheDatabaseRefusesIsADeadLetterAndTheOthersAreStored(Cluster cluster) throws Exception {
        // Given
        String topic = topics.output();
        cluster.send(ProcessedLogins.records(topic, 0, 500));
        cluster.send(List.of(
                ProcessedLogins.record(topic, 500, ",\"note\":\"a\\u0000b\""),
                ProcessedLogins.record(topic, 501, ",\"more\":[17]")));
        cluster.sendValues(topic, List.of(Logins.bytes("{\"user_id\":\"1\"}"), Logins.bytes("no JSON")));
        cluster.send(ProcessedLogins.records(topic, 502, 1000));

        // When
        try (Application sink = new Application(settings(cluster))) {
            sink.start();
            awaitStored(cluster);
        }

        // Then
        assertThat(count()).isEqualTo(999);
        assertThat(cluster.readCommitted(topics.refusedBy(SINK)))
                .extracting(
                        record -> header(record, DeadLetterHeaders.FAILURE),
                        record -> header(record, DeadLetterHeaders.REASON))
                .containsExactlyInAnyOrder(
                        tuple(
                                "processing",
                                "RefusedRowException: the database refuses it: unsupported Unicode escape sequence (22P05)"),
                        tuple("processing", "RefusedRowException: event_time: missing"),
                        tuple("unparseable", header(unparseable(cluster), DeadLetterHeaders.REASON)));
    }

    private ConsumerRecord<byte[], byte[]> unparseable(Cluster cluster) {
        return cluster.readCommitted(topics.refusedBy(SINK)).stream()
                .filter(record -> header(record, DeadLetterHeaders.FAILURE).equals("unparseable"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aDatabaseThatIsAwayIsWaitedFor(Cluster cluster) throws Exception {
        // Given
        Settings settings = settings(cluster);
        Health health = new Health(settings);
        Feeder feeder =
                new Feeder(cluster, (from, to) -> ProcessedLogins.records(topics.output(), from, to), 20_000, 2_000);
        try (Application sink = new Application(settings)) {
            sink.start();
            await().atMost(40, SECONDS).until(() -> count() > 2_000);

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
            awaitStored(cluster);
        }
        assertThat(count()).isEqualTo(20_000);
        assertThat(cluster.readCommitted(topics.refusedBy(SINK))).isEmpty();
    }

    @Test
    void aLockIsWaitedFor(Cluster cluster) throws Exception {
        // Given
        cluster.send(ProcessedLogins.records(topics.output(), 0, 1_000));
        Settings settings = settings(cluster);
        Health health = new Health(settings);
        try (Application sink = new Application(settings)) {
            sink.start();
            await().atMost(40, SECONDS).until(() -> count() == 1_000);

            // When
            try (Connection connection = PostgresServer.connect(url);
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("lock table logins in access exclusive mode");
                cluster.send(ProcessedLogins.records(topics.output(), 1_000, 2_000));
                await().atMost(30, SECONDS)
                        .untilAsserted(() -> assertThat(health.readiness()).contains("lock timeout"));
            }

            // Then
            awaitStored(cluster);
            await().atMost(20, SECONDS).until(health::isReady);
        }
        assertThat(count()).isEqualTo(2_000);
        assertThat(cluster.readCommitted(topics.refusedBy(SINK))).isEmpty();
    }

    @Test
    void whoMayNotStoreWaitsWithOneLine(Cluster cluster) throws Exception {
        // Given
        String role = "r" + topics.input().replace("-", "");
        PostgresServer.execute(url, "revoke create on schema public from public; create role " + role + " login");
        cluster.send(ProcessedLogins.records(topics.output(), 0, 1_000));
        Properties properties = properties(cluster, "loginstream.sink.postgres.username", role);
        Health health = new Health(Settings.load(properties, Map.of()));
        try (PipelineProcess process = PipelineProcess.start(properties)) {
            await().atMost(40, SECONDS).untilAsserted(() -> assertThat(process.output())
                    .contains("the database stores nothing for now: permission denied for schema public (42501)"));
            await().during(3, SECONDS).atMost(10, SECONDS).until(() -> health.isLive() && !health.isReady());
            assertThat(process.output()).doesNotContain("\tat ");
            assertThat(process.output().lines().filter(line -> line.contains("WARN") || line.contains("ERROR")))
                    .hasSize(1);

            // When
            PostgresServer.execute(url, "grant create on schema public to " + role);

            // Then
            await().atMost(40, SECONDS).until(() -> count() == 1_000);
            await().atMost(20, SECONDS).until(health::isReady);
        }
    }

    @Test
    void anyStepMayStandBeforeIt(@TempDir Path routes, Cluster cluster) throws Exception {
        // Given
        String file = "storage/postgres/postgres.camel.yaml";
        Files.createDirectories(routes.resolve(file).getParent());
        Files.writeString(
                routes.resolve(file),
                Files.readString(Path.of("routes", file)).replaceFirst("( +)- process:\\R +ref: postgres\\R", """
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
        cluster.send(ProcessedLogins.records(topics.output(), 0, 100));
        Settings settings = Settings.load(
                properties(
                        cluster,
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
            PostgresServer.execute(url, "create role nobody superuser login");

            // Then
            await().atMost(60, SECONDS).until(() -> isStored(cluster));
        }
        assertThat(count()).isEqualTo(60);
        assertThat(cluster.readCommitted(topics.refusedBy(SINK))).isEmpty();
    }

    @Test
    void whatIsOldIsDropped(Cluster cluster) throws Exception {
        // Given
        String topic = topics.output();
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
        try (Application sink = new Application(settings(cluster))) {
            sink.start();
            awaitStored(cluster);
        }
        assertThat(PostgresServer.query(
                        url,
                        "select tableoid::regclass, count(*) from logins where event_time not between now() - interval '2"
                                + " days' and now() group by 1 order by 1"))
                .containsExactlyInAnyOrder("logins_other 2", "logins_20261001 1");
        try (Application sink = new Application(settings(cluster, "loginstream.sink.postgres.retention-days", "20"))) {
            sink.start();

            // Then
            await().atMost(20, SECONDS).until(() -> count() == 11);
        }
        assertThat(PostgresServer.query(url, "select to_regclass('logins_20261001') is null"))
                .containsExactly("t");
    }

    @Test
    void checkAsksTheDatabase(Cluster cluster) throws Exception {
        assertThat(check(properties(cluster))).contains("ok      store          postgres stores");
        assertThat(check(properties(cluster, "loginstream.sink.postgres.username", "who")))
                .contains("FAILED  store", "role \"who\" does not exist");
    }

    private static String check(Properties properties) throws InterruptedException {
        try (PipelineProcess process = PipelineProcess.start(properties, "check")) {
            process.exitCode(60);
            return process.output();
        }
    }

    private PipelineProcess start(Cluster cluster) {
        return PipelineProcess.start(properties(cluster));
    }

    private long count() {
        List<String> tables = PostgresServer.query(url, "select to_regclass('logins') is not null");
        return tables.equals(List.of("t"))
                ? Long.parseLong(
                        PostgresServer.query(url, "select count(*) from logins").get(0))
                : 0;
    }

    private boolean isStored(Cluster cluster) {
        return cluster.isCaughtUp(topics.output(), topics.groupOf(SINK));
    }

    private void awaitStored(Cluster cluster) {
        await().atMost(60, SECONDS).until(() -> isStored(cluster));
    }

    private Settings settings(Cluster cluster, String... overrides) {
        return Settings.load(properties(cluster, overrides), Map.of());
    }

    private Properties properties(Cluster cluster, String... overrides) {
        List<String> all = new ArrayList<>(List.of(
                "loginstream.sink",
                SINK,
                "loginstream.sink.postgres.url",
                url,
                "loginstream.sink.postgres.username",
                "postgres"));
        all.addAll(List.of(overrides));
        return topics.properties(cluster, all.toArray(String[]::new));
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return Logins.text(record.headers().lastHeader(name).value());
    }
}
