package loginstream;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import loginstream.config.Settings;
import loginstream.deadletter.DeadLetterHeaders;
import loginstream.fixture.Cluster;
import loginstream.fixture.Health;
import loginstream.fixture.Logins;
import loginstream.fixture.NumberedLogins;
import loginstream.fixture.Scrape;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the metrics page says, compared with what is on the topics. */
@ExtendWith(SharedBroker.class)
class MetricsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int COUNT = 1_000;

    @TempDir
    private Path directory;

    /**
     * Of the input, some is invalid, some no JSON, some filtered, at some a step throws, and some the output topic
     * refuses, so that transactions are rolled back and batches come again.
     */
    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml"})
    void agreeWithTheTopicsAlsoWhenTransactionsAbort(String routes, Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(3, Map.of("max.message.bytes", "20000"));
        Settings settings = topics.settings(
                cluster,
                "loginstream.routes",
                routes,
                "loginstream.batch.size",
                "200",
                "loginstream.filter",
                "${body[locale].charAt(1)} == 'U'",
                "loginstream.retry.attempts",
                "1",
                "loginstream.retry.delay",
                "1ms",
                "kafka.batch.size",
                "1000");
        cluster.sendValues(topics.input(), input());

        // When
        Scrape scrape;
        try (Application application = new Application(settings)) {
            application.start();
            await().atMost(90, SECONDS)
                    .until(() -> application.metrics().totals().in() >= COUNT);
            scrape = new Scrape(new Health(settings).metrics());
        }

        // Then
        List<ConsumerRecord<byte[], byte[]>> out = cluster.readCommitted(topics.output());
        List<ConsumerRecord<byte[], byte[]>> dead = cluster.readCommitted(topics.deadLetter());
        long written = cluster.ends(topics.output()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        assertThat(written).as("records of aborted transactions are there").isGreaterThan(out.size() + 50);
        assertThat(scrape.value("loginstream_records_total{outcome=\"processed\"}"))
                .isEqualTo(out.size());
        assertThat(scrape.value("loginstream_records_total{outcome=\"dead_lettered\"}"))
                .isEqualTo(dead.size());
        assertThat(scrape.sum("loginstream_records_total")).isEqualTo(COUNT);
        assertThat(scrape.value("loginstream_records_total{outcome=\"filtered\"}"))
                .isEqualTo(COUNT / 20);
        assertThat(nonZero(scrape.of("loginstream_dead_letters_total")))
                .isEqualTo(series("loginstream_dead_letters_total", "failure", dead, MetricsIT::failure))
                .hasSize(3);
        assertThat(nonZero(scrape.of("loginstream_logins_by_device_total")))
                .isEqualTo(series("loginstream_logins_by_device_total", "device_type", out, member("device_type")))
                .hasSize(2);
        assertThat(scrape.of("loginstream_logins_by_version_total"))
                .hasSize(51)
                .containsKey("loginstream_logins_by_version_total{app_version=\"other\"}");
        assertThat(scrape.sum("loginstream_logins_by_version_total")).isEqualTo(out.size());
        assertThat(nonZero(scrape.of("loginstream_logins_by_locale_total")))
                .isEqualTo(series("loginstream_logins_by_locale_total", "locale", out, member("locale")));
        assertThat(scrape.value("loginstream_latency_seconds_count")).isEqualTo(COUNT);
        assertThat(scrape.value("loginstream_batch_records_sum")).isEqualTo(COUNT);
        assertThat(scrape.value("loginstream_batch_seconds_count"))
                .isEqualTo(scrape.value("loginstream_batch_records_count"));
        assertThat(scrape.value("loginstream_redeliveries_total")).isPositive();
        assertThat(scrape.sum("loginstream_consumer_lag")).isZero();
        assertThat(scrape.value("loginstream_ready")).isEqualTo(1);
    }

    @Test
    void goOnCountingAfterAReload(Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(2);
        Path file = directory.resolve("user-login.camel.yaml");
        String original = Files.readString(Path.of("routes/user-login.camel.yaml"));
        Files.writeString(file, original);
        Settings settings = topics.settings(
                cluster, "loginstream.routes", "yaml", "loginstream.routes.directory", directory.toString());
        try (Application application = new Application(settings)) {
            application.start();
            cluster.send(NumberedLogins.records(topics, 0, 500));
            await().atMost(30, SECONDS)
                    .until(() -> application.metrics().totals().in() == 500);

            // When
            Files.writeString(file, original + "\n# edited\n");
            await().atMost(30, SECONDS).until(() -> application.metrics().appliedReloads() == 1);
            cluster.send(NumberedLogins.records(topics, 500, 1_000));
            await().atMost(30, SECONDS)
                    .until(() -> application.metrics().totals().in() == 1_000);

            // Then
            Scrape scrape = new Scrape(new Health(settings).metrics());
            assertThat(scrape.value("loginstream_records_total{outcome=\"processed\"}"))
                    .isEqualTo(950);
            assertThat(scrape.value("loginstream_dead_letters_total{failure=\"invalid\"}"))
                    .isEqualTo(50);
            assertThat(scrape.value("loginstream_logins_by_device_total{device_type=\"android\"}"))
                    .isEqualTo(950);
            assertThat(scrape.value("loginstream_latency_seconds_count")).isEqualTo(1_000);
            assertThat(scrape.value("loginstream_batch_records_sum")).isEqualTo(1_000);
            assertThat(scrape.value("loginstream_route_reloads_total{result=\"applied\"}"))
                    .isEqualTo(1);
            assertThat(scrape.of("loginstream_consumer_lag")).hasSize(2);
            assertThat(scrape.sum("camel_routes_running_routes")).isEqualTo(1);
        }
    }

    private static List<byte[]> input() {
        List<byte[]> values = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            values.add(Logins.bytes(login(i)));
        }
        return values;
    }

    private static String login(int i) {
        String login = Logins.withTail(new UUID(0, i), i % 500 == 99 ? ",\"large\":\"" + "x".repeat(30_000) + "\"" : "")
                .replace("2.3.0", "2.3." + i % 70);
        return switch (i % 20) {
            case 3 -> login.replace("\"device_type\":\"android\",", "");
            case 7 -> login.replace("android", "iOS");
            case 9 -> login.replace("\"RU\"", "\"DE\""); // filtered
            case 11 -> i == 311 ? "{" : login.replace("\"RU\"", "\"AU\"");
            case 13 -> i == 513 ? login.replace("\"RU\"", "\"\"") : login; // the filter throws
            default -> login;
        };
    }

    private static Map<String, Double> nonZero(Map<String, Double> series) {
        return series.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<String, Double> series(
            String name,
            String label,
            List<ConsumerRecord<byte[], byte[]>> records,
            Function<ConsumerRecord<byte[], byte[]>, String> value) {
        return records.stream()
                .collect(Collectors.groupingBy(
                        record -> name + "{" + label + "=\"" + value.apply(record) + "\"}",
                        Collectors.summingDouble(record -> 1)));
    }

    private static Function<ConsumerRecord<byte[], byte[]>, String> member(String name) {
        return record -> {
            try {
                return JSON.readTree(record.value()).get(name).asText();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private static String failure(ConsumerRecord<byte[], byte[]> record) {
        return Logins.text(
                record.headers().lastHeader(DeadLetterHeaders.FAILURE).value());
    }
}
