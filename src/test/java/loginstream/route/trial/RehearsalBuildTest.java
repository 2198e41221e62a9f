package loginstream.route.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import loginstream.config.Settings;
import loginstream.fixture.TestSettings;
import loginstream.route.stage.UnusableRoutesException;
import loginstream.route.yaml.RouteFiles;
import org.apache.camel.CamelConfiguration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of routes that cannot be built: one line, with the place that is to blame. */
class RehearsalBuildTest {
    private static final String ROUTE = """
            - route:
                id: a
                from:
                  uri: direct:a
                  steps:
                    - log: one
                    - choice:
                        when:
                          - simple: ${body}
                            steps:
                              - log: two
                              - log: three
            - route:
                id: b
                from:
                  uri: direct:b
                  steps:
                    - log: four
            """;

    private static final String NO_BEAN = "- process:\n                        ref: noBean";

    static Stream<Arguments> faults() {
        return Stream.of(
                argumentSet("no YAML", "- log: one", "  - log: one: [", 6, "mapping values are not allowed here"),
                argumentSet("an unknown step", "- log: one", "- nonsense: 1", 6, "Unknown node id: nonsense"),
                argumentSet(
                        "an unknown step inside of another", "- log: three", "- lag: 3", 12, "Unknown node id: lag"),
                argumentSet("an unknown field", "uri: direct:b", "url: direct:b", 16, "Unsupported field: url"),
                argumentSet("a bean that is not there", "- log: one", NO_BEAN, 6, "No bean could be found"),
                argumentSet(
                        "a bean that is not there, inside of another step",
                        "- log: three",
                        NO_BEAN,
                        12,
                        "No bean could be found"),
                argumentSet("a key that is not there", "direct:b", "direct:{{no.key}}", 16, "[no.key] not found"),
                argumentSet(
                        "an option that is not there",
                        "- log: three",
                        "- to:\n                        uri: direct:x?noOption=1",
                        12,
                        "noOption"),
                argumentSet(
                        "an expression that is none, by the step that it belongs to",
                        "${body}",
                        "${body",
                        7,
                        "expected symbol"),
                argumentSet("an id that is there already", "id: b", "id: a", 4, "duplicate"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void namesFileAndLine(String right, String wrong, int line, String reason) {
        // Given
        RouteFiles files = new RouteFiles(Map.of(Path.of("routes/x.camel.yaml"), ROUTE.replace(right, wrong)));

        // When
        assertThatExceptionOfType(UnusableRoutesException.class)
                .isThrownBy(() -> rehearsal().build(files.builder()))
                // Then
                .satisfies(e -> assertThat(e.getMessage())
                        .startsWith("routes/x.camel.yaml:" + line + ": ")
                        .containsIgnoringCase(reason)
                        .hasLineCount(1));
    }

    private static Rehearsal rehearsal() {
        Settings settings = TestSettings.defaults();
        return new Rehearsal(
                settings.all(),
                () -> new CamelConfiguration() {},
                settings.topics().input(),
                settings.rehearsal(),
                settings.rehearsal().recentRecords(),
                UnaryOperator.identity(),
                true);
    }
}
