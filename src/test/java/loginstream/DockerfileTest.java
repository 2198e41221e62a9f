package loginstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the image is made of is there, Docker is allowed to see it, and it runs as whatever else runs. */
class DockerfileTest {
    private static final Pattern COPY = Pattern.compile("(?m)^COPY (?!--from)(\\S+) ");
    private static final Pattern USER = Pattern.compile("(?m)^USER (\\d+)$");
    private static final String COLLECTOR = "-XX:+UseParallelGC";

    @Test
    void whatItCopiesIsInItsContext() throws IOException {
        List<String> allowed = Files.readAllLines(Path.of(".dockerignore")).stream()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();

        assertThat(all(COPY)).hasSizeGreaterThan(3).allSatisfy(source -> {
            assertThat(Path.of(source)).exists();
            assertThat(allowed).contains(source);
        });
    }

    @Test
    void bothImagesRunAsTheSameUser() throws IOException {
        String user = all(USER).get(0);

        assertThat(Files.readString(Path.of("pom.xml"))).contains("<user>" + user + ":" + user + "</user>");
    }

    @Test
    void bothImagesHaveTheSameFlags() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        List<String> flags = Files.readAllLines(Path.of("src/deploy/docker/jvm.options")).stream()
                .filter(line ->
                        line.startsWith("-") && !line.contains("SharedArchiveFile")) // which the other one has not
                .toList();

        assertThat(flags).hasSizeGreaterThan(3).allSatisfy(flag -> assertThat(pom)
                .contains("<jvmFlag>" + flag + "</jvmFlag>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {".mvn/jvm.config", "src/deploy/docker/Dockerfile", "src/bench/compare.py", "README.md"})
    void whatElseRunsHasTheImagesCollector(String file) throws IOException {
        assertThat(Path.of("src/deploy/docker/jvm.options")).content().contains(COLLECTOR);
        assertThat(Path.of(file)).content().contains(COLLECTOR);
    }

    private static List<String> all(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(Path.of("src/deploy/docker/Dockerfile")))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
