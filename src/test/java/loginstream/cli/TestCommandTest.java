package loginstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import loginstream.fixture.CapturedOutput;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Tests of routes as a user runs them. */
class TestCommandTest {
    private static final String ROUTES = """
            - route:
                from:
                  uri: kafka:{{loginstream.input.topic}}
                  steps:
                    - unmarshal: {json: {}}
                    - filter:
                        simple: ${body[a]} == 'drop'
                        steps: [{stop: {}}]
                    - filter:
                        simple: ${body[a]} == 'fail'
                        steps: [{throwException: {exceptionType: java.io.IOException, message: as it is told to}}]
                    - setHeader: {name: seen, simple: 'a ${body[a]}'}
                    - marshal: {json: {}}
                    - to: kafka:{{loginstream.output.topic}}
            """;

    private static final String TESTS = """
            # What is written above stays.
            cases:
              # about the first
              - name: right
                records:
                  - json: {a: 1}
                sent:
                  processed-data:
                    - json: {a: 1}

              # about the second
              - name: wrong
                records:
                  - key: k
                    json: {a: 2, b: now}
                  - json: {a: drop}
                  - json: {a: fail}
                sent:
                  processed-data:
                    - headers: {seen: x}
                      json: {a: 3, b: $any}
                    - text: more
                filtered: 2

              # about the third
              - name: right again
                records:
                  - json: {a: drop}
                filtered: 1
            # the end
            """;

    @TempDir
    private Path directory;

    private Path file;

    /** How it has ended. */
    private record Outcome(int code, String out, String err) {
        static Outcome of(String... args) {
            try (CapturedOutput output = new CapturedOutput()) {
                int code = LoginstreamCommand.run(args);
                return new Outcome(code, output.out(), output.err());
            }
        }
    }

    @BeforeEach
    void write() throws Exception {
        Files.writeString(directory.resolve("x.camel.yaml"), ROUTES);
        file = Files.writeString(directory.resolve("x.test.yaml"), TESTS);
    }

    @Test
    void tellsWhatDiffers() {
        // When
        Outcome outcome = Outcome.of("test", directory.toString());

        // Then
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.out().replaceAll("[0-9.]+ s\n", "N s\n")).isEqualTo("""
                        ok      FILE:4: right
                        FAILED  FILE:12: wrong
                                  processed-data, record 1, header seen
                                    expected  "x"
                                    came out  "a 2"
                                  processed-data, record 1, json.a
                                    expected  3
                                    came out  2
                                  processed-data, record 2
                                    expected  {"text":"more"}
                                    came out  nothing
                                  dead letter 1
                                    expected  nothing
                                    came out  record 3, processing: IOException: as it is told to
                                  filtered
                                    expected  2
                                    came out  1
                        ok      FILE:26: right again

                        3 tests, 1 failed, N s
                        """.replace("FILE", file.toString()));
    }

    @Test
    void bringsTestsUpToDateAndLeavesTheRestAsItIsWritten() throws Exception {
        // When
        Outcome update = Outcome.of("test", "--update", directory.toString());
        Outcome after = Outcome.of("test", directory.toString());

        // Then
        assertThat(update.code()).isZero();
        assertThat(update.out()).contains("3 tests, 1 failed, 1 brought up to date, ");
        assertThat(Files.readString(file)).isEqualTo(TESTS.replace("""
                                    - headers: {seen: x}
                                      json: {a: 3, b: $any}
                                    - text: more
                                filtered: 2
                            """, """
                                    - headers: {seen: a 2}
                                      json: {a: 2, b: $any}
                                dead-letters:
                                  - {record: 3, failure: processing, reason: 'IOException: as it is told to'}
                                filtered: 1
                            """));
        assertThat(after.code()).isZero();
    }

    @Test
    void writesWhatServersForContinuousIntegrationRead() throws Exception {
        // When
        Path xml = directory.resolve("junit.xml");
        Outcome.of("test", "--junit-xml", xml.toString(), file.toString());

        // Then
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml.toFile());
        Element suite = (Element) document.getElementsByTagName("testsuite").item(0);
        assertThat(suite.getAttribute("name")).isEqualTo(file.toString());
        assertThat(suite.getAttribute("tests")).isEqualTo("3");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        Element failure = (Element) document.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).contains("header seen: expected \"x\", came out \"a 2\"");
        assertThat(((Element) failure.getParentNode()).getAttribute("name")).isEqualTo("wrong");
    }

    @Test
    void takesTheSettingsOfTheFileAndNotThoseOfTheProcess() throws Exception {
        // Given
        Files.writeString(file, """
                settings: {loginstream.output.topic: elsewhere}
                cases:
                  - name: right
                    records: [{json: {a: 1}}]
                    sent: {elsewhere: [{json: {a: 1}}]}
                """);
        System.setProperty("loginstream.output.topic", "live");

        // When
        Outcome outcome;
        try {
            outcome = Outcome.of("test", directory.toString());
        } finally {
            System.clearProperty("loginstream.output.topic");
        }

        // Then
        assertThat(outcome.code()).as(outcome.out()).isZero();
    }

    @Test
    void saysInOneLineWhereAFileIsWrong() throws Exception {
        // Given
        Files.writeString(file, TESTS.replace("filtered: 2", "filtred: 2"));

        // When
        Outcome outcome = Outcome.of("test", directory.toString());

        // Then
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err())
                .startsWith("loginstream: " + file + ":12: ")
                .contains("filtred")
                .hasLineCount(1);
    }

    @Test
    void tellsOfRoutesThatCannotBeBuilt() throws Exception {
        // Given
        Files.writeString(directory.resolve("x.camel.yaml"), ROUTES.replace("setHeader", "setHaeder"));

        // When
        Outcome outcome = Outcome.of("test", directory.toString());

        // Then
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.out()).contains("came out  ", "x.camel.yaml:12: Unknown node id: setHaeder");
    }
}
