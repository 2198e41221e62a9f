package loginstream.deploy;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import loginstream.Application;
import loginstream.config.Settings;
import loginstream.fixture.Cluster;
import loginstream.fixture.Feeder;
import loginstream.fixture.PostgresServer;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import loginstream.sandbox.FreePort;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The deployed configuration of Prometheus and the dashboard, with a real Prometheus that scrapes a real pipeline. */
@ExtendWith(SharedBroker.class)
class PrometheusIT {
    private static final Path DEPLOYED = Path.of("src/deploy/prometheus");
    private static final List<String> FILES = List.of("prometheus.yml", "recording.rules.yml", "alerts.rules.yml");
    private static final String TARGET = "loginstream:9876";
    private static final String SINK_TARGETS = """
                dns_sd_configs:
                  - names: [loginstream-postgres, loginstream-iceberg]
                    type: A
                    port: 9876
            """;

    @TempDir
    private Path directory;

    @BeforeAll
    static void requirePrometheus() {
        PrometheusServer.requireInstalled();
    }

    @Test
    void promtoolFindsNothingWrong() throws Exception {
        // When
        PrometheusServer.Ended configuration =
                PrometheusServer.promtool("check", "config", DEPLOYED + "/prometheus.yml");
        PrometheusServer.Ended rules = PrometheusServer.promtool("test", "rules", DEPLOYED + "/tests/alerts.test.yml");

        // Then
        assertThat(configuration.exitCode()).as(configuration.output()).isZero();
        assertThat(rules.exitCode()).as(rules.output()).isZero();
    }

    @Test
    void everyExpressionIsAnswered(Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(2);
        Settings settings = topics.settings(cluster);
        cluster.create(List.of(topics.refusedBy("postgres")));
        PostgresServer database = new PostgresServer();
        Settings stored = settings.storing(
                "postgres",
                Map.of(
                        "loginstream.sink.postgres.url",
                        database.freshDatabase(),
                        "loginstream.sink.postgres.username",
                        "postgres",
                        "camel.management.port",
                        Integer.toString(FreePort.any())));
        Path configuration = deployedFor(address(settings), address(stored));
        Dashboard dashboard = Dashboard.read();
        try (database;
                Application application = new Application(settings);
                Application sink = new Application(stored);
                PrometheusServer prometheus = PrometheusServer.start(configuration, directory)) {
            application.start();
            sink.start();
            Feeder feeder = new Feeder(cluster, topics, 40_000, 1_000);
            await().atMost(20, SECONDS).until(prometheus::isReady);

            // When
            await().atMost(1, MINUTES).untilAsserted(() -> assertThat(withoutData(prometheus, dashboard.expressions()))
                    .isEmpty());
            List<JsonNode> rules = prometheus.rules();

            // Then
            assertThat(rules).hasSize(17).allSatisfy(rule -> {
                assertThat(rule.get("health").asText()).as(rule.toString()).isEqualTo("ok");
                assertThat(rule.get("lastError")).isNull();
            });
            assertThat(withoutData(
                            prometheus,
                            rules.stream()
                                    .filter(rule -> rule.get("type").asText().equals("recording"))
                                    .map(rule -> rule.get("name").asText())
                                    .toList()))
                    .isEmpty();
            await().atMost(30, SECONDS).untilAsserted(() -> assertThat(alerts(prometheus))
                    .as("of a healthy pipeline")
                    .isEmpty());
            feeder.join();

            // And what an alert is for is seen
            application.context().getRouteController().stopRoute("user-login");
            await().atMost(30, SECONDS).untilAsserted(() -> assertThat(alerts(prometheus))
                    .contains("LoginstreamNotReady", "LoginstreamNoRunningRoute"));
        }
    }

    @Test
    void theDashboardIsWhole() throws Exception {
        // Given
        Dashboard dashboard = Dashboard.read();
        String dataSource = Files.readString(Path.of("src/deploy/grafana/provisioning/datasources/prometheus.yml"));

        // When
        List<JsonNode> panels = dashboard.panels();

        // Then
        assertThat(dashboard.json().get("schemaVersion").asInt()).isEqualTo(39);
        assertThat(dashboard.json().get("uid").asText()).isEqualTo("loginstream");
        assertThat(dashboard.json().has("id")).as("Grafana gives ids itself").isFalse();
        assertThat(panels).hasSizeGreaterThan(15).allSatisfy(panel -> {
            assertThat(panel.get("title").asText()).isNotBlank();
            assertThat(panel.get("type").asText()).isIn("stat", "timeseries");
            assertThat(panel.get("targets")).isNotEmpty();
            assertThat(panel.get("gridPos").get("x").asInt()
                            + panel.get("gridPos").get("w").asInt())
                    .isBetween(1, 24);
        });
        assertThat(panels.stream().map(panel -> panel.get("id").asInt())).doesNotHaveDuplicates();
        assertThat(panels.stream().map(panel -> panel.get("title").asText())).doesNotHaveDuplicates();
        assertThat(panels.stream()
                        .map(panel -> panel.get("gridPos").get("x") + "/"
                                + panel.get("gridPos").get("y")))
                .doesNotHaveDuplicates();
        assertThat(dashboard.dataSources()).containsOnly("loginstream-prometheus");
        assertThat(dataSource).contains("uid: loginstream-prometheus");
    }

    private static String address(Settings settings) {
        return "127.0.0.1:" + settings.all().get("camel.management.port");
    }

    /** A copy of the deployed configuration with these targets. */
    private Path deployedFor(String target, String sink) throws Exception {
        for (String file : FILES) {
            String text = Files.readString(DEPLOYED.resolve(file));
            Files.writeString(
                    directory.resolve(file),
                    text.replace(TARGET, target)
                            .replace(SINK_TARGETS, "    static_configs: [{targets: ['" + sink + "']}]\n"));
        }
        assertThat(directory.resolve("prometheus.yml"))
                .content()
                .contains(target, sink)
                .doesNotContain(TARGET, "loginstream-postgres");
        return directory.resolve("prometheus.yml");
    }

    /** Those expressions whose answer is empty, or holds what is not a number. */
    private static TreeSet<String> withoutData(PrometheusServer prometheus, Iterable<String> expressions)
            throws Exception {
        TreeSet<String> without = new TreeSet<>();
        for (String expression : expressions) {
            JsonNode result = prometheus.query(expression);
            boolean numbers = StreamSupport.stream(result.spliterator(), false)
                    .noneMatch(series -> series.get("value").get(1).asText().equals("NaN"));
            if (result.isEmpty() || !numbers) {
                without.add(expression + " -> " + result);
            }
        }
        return without;
    }

    /** The alerts that are pending or firing. */
    private static List<String> alerts(PrometheusServer prometheus) throws Exception {
        return prometheus.rules().stream()
                .filter(rule -> !rule.path("state").asText("inactive").equals("inactive"))
                .map(rule -> rule.get("name").asText())
                .toList();
    }
}
