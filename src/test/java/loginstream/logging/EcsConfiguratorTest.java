package loginstream.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Each line is a JSON object, whatever is logged. */
class EcsConfiguratorTest {
    private static final ObjectMapper STRICT = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final List<String> HOSTILE = List.of(
            "\"",
            "\\",
            "\n",
            "\r",
            "\0",
            "\b",
            "\t",
            "\u001b[2J",
            "\u007f",
            "\u0085",
            "\u2028",
            "\u2029",
            "\ufeff",
            "\ud800",
            "\udc00",
            "\ud83d\ude00",
            "{}",
            "{\"log.level\":\"INFO\"}",
            "}\n{",
            "${jndi:ldap://x}",
            "%m%n",
            "</script>",
            "é");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final LoggerContext context = configured();

    private LoggerContext configured() {
        LoggerContext fresh = new LoggerContext();
        fresh.setMDCAdapter(new LogbackMDCAdapter());
        new EcsConfigurator(out).configure(fresh);
        return fresh;
    }

    @Test
    void aThousandHostileTextsAreALineEach() throws IOException {
        // Given
        SplittableRandom random = new SplittableRandom(7);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int part = random.nextInt(1, 12); part > 0; part--) {
                text.append(HOSTILE.get(random.nextInt(HOSTILE.size())));
            }
            texts.add(text.toString());
        }

        // When
        texts.forEach(text -> {
            context.getMDCAdapter().put("loginstream.reason", text);
            context.getLogger("loginstream." + text).warn(text, new IllegalStateException(text, new IOException(text)));
        });

        // Then
        List<JsonNode> lines = lines();
        assertThat(lines).hasSameSizeAs(texts);
        for (int i = 0; i < lines.size(); i++) {
            JsonNode line = lines.get(i);
            assertThat(line.path("message").asText()).isEqualTo(inUtf8(texts.get(i)));
            assertThat(line.path("loginstream.reason").asText()).isEqualTo(inUtf8(texts.get(i)));
            assertThat(line.path("error.message").asText()).isEqualTo(inUtf8(texts.get(i)));
            assertThat(line.path("error.stack_trace").asText()).contains("Caused by: java.io.IOException");
        }
    }

    /** Half a character has no place in UTF-8. */
    private static String inUtf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @Test
    void hasTheFieldsThatTheSchemaAsksFor() throws IOException {
        context.getLogger("loginstream.dead-letters").warn("a line");

        JsonNode line = lines().get(0);
        assertThat(line.path("@timestamp").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(line.path("log.level").asText()).isEqualTo("WARN");
        assertThat(line.path("log.logger").asText()).isEqualTo("loginstream.dead-letters");
        assertThat(line.path("service.name").asText()).isEqualTo("loginstream");
        assertThat(line.path("event.dataset").asText()).isEqualTo("loginstream.log");
        assertThat(line.path("ecs.version").asText()).isNotEmpty();
    }

    @Test
    void isAsQuietAsTheOtherFormat() throws IOException {
        context.getLogger("org.apache.kafka.clients.NetworkClient").error("off");
        context.getLogger("org.apache.kafka.anything").warn("error");
        context.getLogger("org.anything").info("warn");
        context.getLogger("loginstream").debug("info");
        assertThat(lines()).isEmpty();

        context.getLogger("org.apache.kafka.anything").error("told");
        context.getLogger("loginstream").info("told");
        assertThat(lines()).hasSize(2);
    }

    private List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).split("\n")) {
            if (!line.isEmpty()) {
                lines.add(STRICT.readTree(line));
            }
        }
        return lines;
    }
}
