package loginstream.logging;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import loginstream.fixture.Cluster;
import loginstream.fixture.Logins;
import loginstream.fixture.NumberedLogins;
import loginstream.fixture.PipelineProcess;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Everything that a process prints is a JSON object a line, whatever happens to it. */
@ExtendWith(SharedBroker.class)
class EcsLogIT {
    private static final int COUNT = 30_000;
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SECRET = "b54c11a3-0000-0000-0000-5ec4e7000000";
    private static final ObjectMapper STRICT = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @TempDir
    private Path routes;

    /** A step that a few logins fail, with a message of several lines. */
    public static final class Failing {
        public void handle(Map<String, Object> login) {
            if (login.containsKey("fail")) {
                throw new IllegalStateException("first \"line\"\nsecond\u0000 line}\n{\"log.level\":\"INFO\"}");
            }
        }
    }

    @Test
    void underLoadAndOnFailure(Cluster cluster) throws Exception {
        // Given a route with a step that fails, and no output topic yet
        String route = Files.readString(Path.of("routes/user-login.camel.yaml"));
        String bean =
                "        - bean:\n            beanType: " + Failing.class.getName() + "\n            method: handle\n";
        String enricher = "        - process:\n            ref: loginEnricher\n";
        Files.writeString(routes.resolve("user-login.camel.yaml"), route.replace(enricher, bean + enricher));
        TestTopics topics = cluster.freshTopics(2);
        cluster.delete(topics.output());
        cluster.send(List.of(
                traced(topics, "{\"ip\":\"\u2028\\u0000\\\"}\\n\"}"),
                traced(topics, "not\u0000 JSON\r\n}{"),
                traced(topics, Logins.withTail(UUID.fromString(SECRET), ",\"fail\":true"))));
        Properties settings = topics.properties(
                cluster,
                "loginstream.log.format",
                "ecs",
                "loginstream.routes",
                "yaml",
                "loginstream.routes.directory",
                routes.toString(),
                "loginstream.retry.delay",
                "10ms");

        // When
        String printed;
        try (PipelineProcess process = PipelineProcess.start(settings, "run")) {
            await().atMost(40, SECONDS).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
            cluster.send(NumberedLogins.records(topics, 0, COUNT / 2));
            await().atMost(40, SECONDS)
                    .untilAsserted(() -> assertThat(process.output()).contains("did not commit, looking again"));
            cluster.create(topics.output(), 2);
            cluster.send(NumberedLogins.records(topics, COUNT / 2, COUNT));
            await().atMost(1, MINUTES).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
            Files.writeString(routes.resolve("user-login.camel.yaml"), "- route:\n    id: \"x\n");
            await().atMost(20, SECONDS).until(() -> process.output().contains("edited routes"));
            process.signal("TERM");
            process.exitCode(30);
            printed = process.output();
        }

        // Then
        List<JsonNode> lines = lines(printed);
        assertThat(lines)
                .allSatisfy(
                        line -> assertThat(line.path("service.name").asText()).isEqualTo("loginstream"));
        assertThat(printed).doesNotContain(SECRET);
        List<JsonNode> deadLetters =
                lines.stream().filter(line -> line.has("loginstream.failure")).toList();
        assertThat(deadLetters)
                .extracting(line -> line.path("loginstream.failure").asText())
                .contains("invalid", "unparseable", "processing");
        assertThat(deadLetters).allSatisfy(line -> {
            assertThat(line.path("log.level").asText()).isEqualTo("WARN");
            assertThat(line.path("kafka.topic").asText()).isEqualTo(topics.input());
            assertThat(line.path("kafka.partition").asText()).isIn("0", "1");
            assertThat(line.path("kafka.offset").asText()).matches("\\d+");
            assertThat(line.path("loginstream.reason").asText()).isNotEmpty();
        });
        assertThat(deadLetters)
                .filteredOn(line -> line.has("trace.id"))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line.path("trace.id").asText()).isEqualTo(TRACE));
        JsonNode known =
                STRICT.readTree(Path.of("src/deploy/logs/index-template.json").toFile());
        assertThat(lines).flatExtracting(EcsLogIT::names).allSatisfy(name -> assertThat(
                        known.at("/template/mappings/properties/" + name.replace(".", "/properties/") + "/type")
                                .asText())
                .as(name)
                .isNotEmpty());
        assertThat(lines)
                .extracting(line -> line.path("message").asText())
                .anyMatch(text -> text.startsWith("running: "));
    }

    private static List<String> names(JsonNode line) {
        List<String> names = new ArrayList<>();
        line.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static ProducerRecord<byte[], byte[]> traced(TestTopics topics, String value) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topics.input(), 0, null, Logins.bytes(value));
        record.headers()
                .add("traceparent", ("00-" + TRACE + "-00f067aa0ba902b7-01").getBytes(StandardCharsets.US_ASCII));
        return record;
    }

    @Test
    void whereTheSettingsCannotBeUsed() throws Exception {
        // Given
        Properties settings = new Properties();
        settings.setProperty("loginstream.log.format", "ecs");
        settings.setProperty("loginstream.consumers", "\"none\"\n}");

        // When
        try (PipelineProcess process = PipelineProcess.start(settings, "run")) {
            assertThat(process.exitCode(20)).isEqualTo(2);

            // Then
            assertThat(lines(process.output())).singleElement().satisfies(line -> {
                assertThat(line.path("log.level").asText()).isEqualTo("ERROR");
                assertThat(line.path("message").asText()).contains("loginstream.consumers");
            });
        }
    }

    private static List<JsonNode> lines(String printed) throws JsonProcessingException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : printed.split("\n")) {
            lines.add(STRICT.readTree(line));
        }
        return lines;
    }
}
