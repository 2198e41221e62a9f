package loginstream.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A new version of Camel that brings a new step fails here, until somebody has seen to what it does to logins. */
class EveryStepIsKnownTest {
    /** Where else a route can say something. */
    private static final Set<String> BESIDE_STEPS = Set.of(
            "errorHandler",
            "intercept",
            "interceptFrom",
            "interceptSendToEndpoint",
            "onCompletion",
            "onException",
            "routeTemplate",
            "templatedRoute");

    /** What is no step, and does nothing to a message. */
    private static final Set<String> NO_STEPS =
            Set.of("beans", "dataFormats", "from", "rest", "restConfiguration", "route", "routeConfiguration");

    @Test
    void eachStepWorksAsACaseShowsOrIsRefusedWithAReason() throws Exception {
        // Given
        Set<String> known = new TreeSet<>();
        StepCases.all().map(StepCase::step).forEach(known::add);
        known.addAll(RefusedStepsTest.REASONS.keySet());
        known.addAll(RefusedStepsTest.REASONS_OF_CAMEL.keySet());

        // When
        Set<String> there = names().collect(Collectors.toSet());

        // Then
        assertThat(known).containsExactlyInAnyOrderElementsOf(there);
    }

    @Test
    void whatStandsBesideRoutesIsKnown() throws Exception {
        // Given
        Set<String> known = new TreeSet<>(BESIDE_STEPS);
        known.addAll(NO_STEPS);

        // When
        Set<String> there = names(schema().at("/items/properties"));

        // Then
        assertThat(there).isEqualTo(known);
    }

    static Stream<String> names() throws IOException {
        Set<String> steps =
                names(schema().at("/items/definitions/org.apache.camel.model.ProcessorDefinition/properties"));
        return Stream.concat(steps.stream(), BESIDE_STEPS.stream()).sorted();
    }

    @ParameterizedTest
    @MethodSource("names")
    void thePageAboutStepsHasALineForIt(String step) throws Exception {
        // When
        String page = Files.readString(Path.of("src/docs/steps.md"));

        // Then
        assertThat(page).containsPattern("\\|[^|]*`" + step + "`[^|]*\\|");
    }

    private static Set<String> names(JsonNode properties) {
        Set<String> names = new TreeSet<>();
        properties.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode schema() throws IOException {
        try (InputStream json = YamlRoutesBuilderLoader.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            return new ObjectMapper().readTree(json);
        }
    }
}
