package loginstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What the services of the compose file have to agree about. */
class ComposeFileTest {
    private static final List<String> FORMAT = List.of("LOGINSTREAM_OUTPUT_FORMAT", "LOGINSTREAM_SCHEMA_REGISTRY_URL");

    @Test
    void sinksReadWhatThePipelineWrites() throws IOException {
        Map<?, ?> services = services();
        Map<?, ?> pipeline = environment(services.get("loginstream"));

        assertThat(services.values().stream().map(ComposeFileTest::environment).filter(ComposeFileTest::stores))
                .hasSize(2)
                .allSatisfy(sink -> assertThat(FORMAT)
                        .allSatisfy(name ->
                                assertThat((Object) sink.get(name)).isNotNull().isEqualTo(pipeline.get(name))));
    }

    private static boolean stores(Map<?, ?> environment) {
        return environment.containsKey("LOGINSTREAM_SINK");
    }

    private static Map<?, ?> environment(Object service) {
        Object environment = ((Map<?, ?>) service).get("environment");
        return environment == null ? Map.of() : (Map<?, ?>) environment;
    }

    private static Map<?, ?> services() throws IOException {
        Object file = new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(Path.of("docker-compose.yml")));
        return (Map<?, ?>) ((Map<?, ?>) file).get("services");
    }
}
