package loginstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import loginstream.fixture.CapturedOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginstreamCommandTest {

    /** How a command line has ended. */
    private record Outcome(int code, String out, String err) {
        static Outcome of(String... args) {
            try (CapturedOutput output = new CapturedOutput()) {
                int code = LoginstreamCommand.run(args);
                return new Outcome(code, output.out(), output.err());
            }
        }
    }

    @Test
    void explainsItself() {
        // When
        Outcome outcome = Outcome.of("--help");

        // Then
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out())
                .contains("run", "generate", "check", "KAFKA_BOOTSTRAP_SERVERS", "0 fine, 1 failed, 2 usage");
        assertThat(outcome.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "generate", "check", "dead-letters"})
    void explainsEachCommand(String command) {
        // When
        Outcome outcome = Outcome.of(command, "--help");

        // Then
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("Usage: loginstream " + command);
    }

    @Test
    void tellsItsVersion() {
        // When
        Outcome outcome = Outcome.of("--version");

        // Then
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).startsWith("loginstream ");
    }

    static Stream<Arguments> wrongUses() {
        return Stream.of(
                argumentSet("unknown option", "--fast", List.of("--fast")),
                argumentSet("unknown command", "destroy", List.of("destroy")),
                argumentSet("unknown option of a command", "--fast", List.of("generate", "--fast")),
                argumentSet("no number", "'many'", List.of("generate", "--count", "many")),
                argumentSet("value missing", "--rate", List.of("generate", "--rate")),
                argumentSet("negative rate", "--rate must be from 0 to 10000000", List.of("generate", "--rate", "-1")),
                argumentSet("rate not a number", "--rate must be", List.of("generate", "--rate", "NaN")),
                argumentSet("nothing to do with dead letters", "say what to do", List.of("dead-letters")),
                argumentSet("no directory", "nowhere is no directory", List.of("check", "nowhere")),
                argumentSet("no time", "'soon' is no time", List.of("dead-letters", "list", "--since", "soon")),
                argumentSet(
                        "no failure",
                        "'bad' is no failure: one of unparseable",
                        List.of("dead-letters", "stats", "--failure", "bad")),
                argumentSet("no limit", "--limit must be", List.of("dead-letters", "list", "--limit", "0")),
                argumentSet("no position", "'17' is no position", List.of("dead-letters", "show", "17")),
                argumentSet("no edit", "'x' is no edit", List.of("dead-letters", "redrive", "--yes", "--edit", "x")),
                argumentSet(
                        "no redrives at all",
                        "the most redrives must be 1 or more",
                        List.of("dead-letters", "redrive", "--yes", "--max-redrives", "0")),
                argumentSet("negative count", "--count must not be negative", List.of("generate", "--count", "-1")),
                argumentSet(
                        "share above one",
                        "--bad-share must be from 0 to 1",
                        List.of("generate", "--bad-share", "1.01")));
    }

    @ParameterizedTest
    @MethodSource("wrongUses")
    void endsWithTwoWhereItIsUsedWrongly(String complaint, List<String> args) {
        // When
        Outcome outcome = Outcome.of(args.toArray(String[]::new));

        // Then
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains(complaint).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "generate"})
    void endsWithTwoAndOneLineWhereASettingCannotBeUsed(String command) {
        // Given
        System.setProperty("loginstream.consumers", "many");

        // When
        Outcome outcome;
        try {
            outcome = Outcome.of(command);
        } finally {
            System.clearProperty("loginstream.consumers");
        }

        // Then
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err())
                .isEqualToNormalizingNewlines(
                        "loginstream: loginstream.consumers=many cannot be used: " + "a whole number from 1 to 256\n");
    }

    @Test
    void checksTheRoutesThatAreShipped() {
        // When
        Outcome outcome = Outcome.of("check", "routes");

        // Then
        assertThat(outcome.code()).as(outcome.out()).isZero();
        assertThat(outcome.out()).contains("ok      routes         routes/*.camel.yaml load", "ok      rehearsal");
    }

    @Test
    void saysWhichStepOfARouteHarmsLogins(@TempDir Path directory) throws Exception {
        // Given
        Path file = directory.resolve("x.camel.yaml");
        String step = "        - process:\n            ref: loginEnricher\n";
        String shipped = Files.readString(Path.of("routes/user-login.camel.yaml"));
        Files.writeString(
                file, shipped.replace(step, "        - setBody:\n            simple: ${body.nothing()}\n" + step));

        // When
        Outcome outcome = Outcome.of("check", directory.toString(), "routes");

        // Then
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.out().lines().filter(line -> line.startsWith("FAILED")))
                .singleElement()
                .asString()
                .contains(file + ":", ": setBody", " logins, e.g. user-login-0@");
    }

    @Test
    void saysWhereARouteCannotBeBuilt(@TempDir Path directory) throws Exception {
        // Given
        Path file = Files.writeString(
                directory.resolve("x.camel.yaml"), "- route: {from: {uri: 'direct:x', steps: [{nonsense: 1}]}}");

        // When
        Outcome outcome = Outcome.of("check", directory.toString());

        // Then
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.out()).contains("FAILED  routes", file + ":1: Unknown node id: nonsense");
    }

    @Test
    void checksTheSettingsFirst() {
        // Given
        System.setProperty("loginstream.consumers", "many");

        // When
        Outcome outcome;
        try {
            outcome = Outcome.of("check");
        } finally {
            System.clearProperty("loginstream.consumers");
        }

        // Then
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.out() + outcome.err()).contains("loginstream.consumers=many cannot be used");
    }
}
