package loginstream.route.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import loginstream.Staging;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No expectation is idle: with any one of them changed, a test fails. */
class ComparisonTest {

    static Stream<Named<TestCase>> cases() throws Exception {
        List<Named<TestCase>> cases = new ArrayList<>();
        for (Path path : TestFile.find(List.of(Path.of("routes"), Path.of("routes/examples")))) {
            TestFile.read(path).cases().forEach(test -> cases.add(Named.of(test.toString(), test)));
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void failsWhenAnyExpectationIsChanged(TestCase test) throws Exception {
        // Given
        TestResult result = Staging.testRunner().run(test);
        assertThat(result.differences()).isEmpty();

        // When
        List<ObjectNode> mutants = mutants((ObjectNode) test.written());

        // Then
        assertThat(mutants).isNotEmpty().allSatisfy(mutant -> assertThat(Comparison.of(mutant, result.happenedOrNull()))
                .as(mutant.toPrettyString())
                .isNotEmpty());
    }

    private static List<ObjectNode> mutants(ObjectNode written) {
        List<ObjectNode> mutants = new ArrayList<>();
        for (String part : List.of("sent", "dead-letters", "filtered")) {
            int places = count(written.path(part));
            for (int place = 0; place < places; place++) {
                ObjectNode mutant = written.deepCopy();
                mutate(mutant, part, new int[] {place});
                mutants.add(mutant);
            }
        }
        ObjectNode more = written.deepCopy();
        more.put("filtered", written.path("filtered").asInt(0) + 1);
        mutants.add(more);
        ObjectNode fewer = written.deepCopy();
        fewer.remove("sent");
        fewer.remove("dead-letters");
        fewer.remove("filtered");
        mutants.add(fewer);
        return mutants;
    }

    private static int count(JsonNode node) {
        if (node.isMissingNode() || isIdle(node)) {
            return 0;
        }
        if (node.isValueNode()) {
            return 1;
        }
        int count = 0;
        for (JsonNode child : node) {
            count += count(child);
        }
        return count;
    }

    /** Fits whatever is there. */
    private static boolean isIdle(JsonNode node) {
        return Comparison.ANY.equals(node.textValue());
    }

    private static void mutate(ObjectNode parent, String name, int[] place) {
        mutate(parent.get(name), place, mutated -> parent.set(name, mutated));
    }

    private static void mutate(JsonNode node, int[] place, Consumer<JsonNode> replace) {
        if (isIdle(node)) {
            return;
        }
        if (node.isValueNode()) {
            if (place[0]-- == 0) {
                replace.accept(
                        node.isNumber() ? new IntNode(node.intValue() + 1) : new TextNode(mutated(node.asText())));
            }
        } else if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> mutate(object, name, place));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                mutate(array.get(i), place, mutated -> array.set(index, mutated));
            }
        }
    }

    /** Another one of its kind. */
    private static String mutated(String text) {
        return text.matches("[0-9]{4}-.*Z") ? "1999-01-01T00:00:00Z" : text + "x";
    }
}
