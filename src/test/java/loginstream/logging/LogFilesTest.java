package loginstream.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files for a central store of log lines fit each other. */
class LogFilesTest {
    private static final Path FOLDER = Path.of("src/deploy/logs");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void whatKibanaShowsAndAsksForIsKnownToTheIndex() throws IOException {
        // Given
        JsonNode index = JSON.readTree(FOLDER.resolve("index-template.json").toFile());
        List<JsonNode> objects = new ArrayList<>();
        for (String line : Files.readAllLines(FOLDER.resolve("kibana-saved-objects.ndjson"))) {
            objects.add(JSON.readTree(line));
        }
        JsonNode view = objects.get(0);
        List<JsonNode> searches = objects.subList(1, objects.size());

        // Then
        assertThat(index.at("/index_patterns/0").asText())
                .isEqualTo(view.at("/attributes/title").asText());
        assertThat(searches).isNotEmpty().allSatisfy(search -> {
            assertThat(search.at("/references/0/id").asText())
                    .isEqualTo(view.path("id").asText());
            assertThat(StreamSupport.stream(search.at("/attributes/columns").spliterator(), false))
                    .isNotEmpty()
                    .allSatisfy(column -> assertThat(type(index, column.asText()))
                            .as(column.asText())
                            .isNotEmpty());
            JsonNode source = JSON.readTree(search.at("/attributes/kibanaSavedObjectMeta/searchSourceJSON")
                    .asText());
            assertThat(type(index, source.at("/query/query").asText().replaceAll("^([a-z.]+) :.*", "$1")))
                    .isNotEmpty();
        });
    }

    private static String type(JsonNode index, String field) {
        return index.at("/template/mappings/properties/" + field.replace(".", "/properties/") + "/type")
                .asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {"filebeat.yml", "fluent-bit.yaml"})
    void whatCollectsThemSendsThemThere(String file) throws IOException {
        String text = Files.readString(FOLDER.resolve(file));

        Object yaml =
                new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build()).loadFromString(text);

        assertThat(JSON.valueToTree(yaml).findValuesAsText("index")).containsExactly("logs-loginstream-default");
    }
}
