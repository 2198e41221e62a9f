package loginstream.route.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import loginstream.Staging;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of files that are no tests: one line, with the place. */
class TestFileTest {
    private static final String GOOD = """
            clock: 2026-11-20T10:00:00Z
            routes: [../user-login.camel.yaml]
            cases:
              - name: one
                records:
                  - key: k
                    text: '{}'
                dead-letters:
                  - record: 1
            """;

    static Stream<Arguments> bad() {
        return Stream.of(
                argumentSet("empty", "", "x.test.yaml: ", "empty"),
                argumentSet("no YAML", GOOD.replace("one", "[one"), "x.test.yaml:5: ", "expected"),
                argumentSet("no cases", GOOD.replace("cases", "x-cases"), "x.test.yaml:1: ", "cases"),
                argumentSet("an unknown key", GOOD.replace("key: k", "kex: k"), "x.test.yaml:6: ", "kex"),
                argumentSet("two values", GOOD.replace("key: k", "json: {}"), "x.test.yaml:6: ", "one"),
                argumentSet("no time", GOOD.replace("2026-11-20T10:00:00Z", "now"), "x.test.yaml:1: ", "date-time"),
                argumentSet("another type", GOOD.replace("record: 1", "record: one"), "x.test.yaml:9: ", "integer"),
                argumentSet(
                        "no such failure",
                        GOOD.replace("record: 1", "record: 1\n        failure: bad"),
                        "x.test.yaml:10: ",
                        "invalid"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void saysWhatIsWrongAndWhere(String text, String place, String what) {
        assertThatExceptionOfType(InvalidTestFileException.class)
                .isThrownBy(() -> TestFile.of(Path.of("x.test.yaml"), text))
                .withMessageStartingWith(place)
                .withMessageContaining(what)
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
    }

    @Test
    void saysWhichRoutesAreNotThere(@TempDir Path directory) throws Exception {
        // Given
        TestFile file = TestFile.of(directory.resolve("x.test.yaml"), GOOD);

        // Then
        assertThatExceptionOfType(InvalidTestFileException.class)
                .isThrownBy(() -> Staging.testRunner().run(file.cases().get(0)))
                .withMessageContaining("x.test.yaml:2: ")
                .withMessageContaining("user-login.camel.yaml cannot be read");
    }

    @Test
    void saysWhichSettingCannotBeUsed() throws Exception {
        // Given
        TestFile file = TestFile.of(
                Path.of("routes/examples/x.test.yaml"), GOOD + "settings:\n  loginstream.retry.attempts: many\n");

        // Then
        assertThatExceptionOfType(InvalidTestFileException.class)
                .isThrownBy(() -> Staging.testRunner().run(file.cases().get(0)))
                .withMessageContaining("x.test.yaml:11: loginstream.retry.attempts=many");
    }

    @Test
    void saysWhereThereAreNone(@TempDir Path directory) {
        assertThatExceptionOfType(InvalidTestFileException.class)
                .isThrownBy(() -> TestFile.find(List.of(directory)))
                .withMessage(directory + ": it holds no *.test.yaml");
    }
}
