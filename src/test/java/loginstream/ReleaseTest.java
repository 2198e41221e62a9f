package loginstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which tags {@code src/deploy/release/release.sh} takes for a release, and what it says of it. */
class ReleaseTest {
    private static final Path SCRIPT = Path.of("src/deploy/release/release.sh");

    @TempDir
    private Path tree;

    private record Ended(int exitCode, String output) {}

    @BeforeEach
    void copyTheScript() throws IOException {
        Files.createDirectories(tree.resolve(SCRIPT).getParent());
        Files.copy(SCRIPT, tree.resolve(SCRIPT));
        write("CHANGELOG.md", """
                # Changelog

                ## 0.3.0 — unreleased

                - Not yet.

                ## 0.2.0 — 2027-01-31

                - What is new.

                ## 0.1.0 — 2026-12-24

                - What is old.
                """);
    }

    @Test
    void theTextIsTheChangelogsSection() throws Exception {
        assertThat(release("0.2.0", "notes", "v0.2.0")).isEqualTo(new Ended(0, "- What is new.\n\n"));
        assertThat(release("0.1.0", "notes", "v0.1.0")).isEqualTo(new Ended(0, "- What is old.\n"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            0.2.0          | v0.2.1          | the tag is 'v0.2.1', but the version in pom.xml asks for 'v0.2.0'
            0.2.0          | 0.2.0           | the tag is '0.2.0', but the version in pom.xml asks for 'v0.2.0'
            0.2.0          | v0x2.0          | the tag is 'v0x2.0', but the version in pom.xml asks for 'v0.2.0'
            0.2.0-SNAPSHOT | v0.2.0-SNAPSHOT | the version in pom.xml is '0.2.0-SNAPSHOT'
            0.2            | v0.2            | CHANGELOG.md has no section '## 0.2'
            0.3.0          | v0.3.0          | CHANGELOG.md has '## 0.3.0 — unreleased', which is to end with the day of the release (2026-01-31)
            """, delimiter = '|', quoteCharacter = '"')
    void oneLineSaysWhyNot(String version, String tag, String reason) throws Exception {
        for (String command : new String[] {"check", "notes", "make"}) {
            assertThat(release(version, command, tag)).isEqualTo(new Ended(1, "no release: " + reason + "\n"));
        }
    }

    @Test
    void readsTheVersionOfThisPom() throws Exception {
        String pom = Files.readString(Path.of("pom.xml"));
        write("pom.xml", pom);

        Ended ended = run("check", "none");

        String version = pom.replaceFirst("(?s).*?<version>(.*?)</version>.*", "$1");
        assertThat(ended.output()).endsWith("'v" + version + "'\n");
    }

    private Ended release(String version, String command, String tag) throws Exception {
        write("pom.xml", "<project>\n  <version>" + version + "</version>\n</project>\n");
        return run(command, tag);
    }

    private Ended run(String command, String tag) throws Exception {
        Process process = new ProcessBuilder("bash", tree.resolve(SCRIPT).toString(), command, tag)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        return new Ended(process.waitFor(), output);
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(tree.resolve(name), content);
    }
}
