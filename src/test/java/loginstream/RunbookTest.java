package loginstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever is woken by an alert finds it in the runbook, and no other. */
class RunbookTest {
    private static final Pattern ALERT = Pattern.compile("(?m)^ +- alert: (\\w+)$");
    private static final Pattern HEADING = Pattern.compile("(?m)^### (Loginstream.*)$");

    @Test
    void hasEveryAlert() throws IOException {
        List<String> alerts =
                all(ALERT, "src/deploy/prometheus/alerts.rules.yml").toList();

        assertThat(all(HEADING, "src/docs/runbook.md").flatMap(heading -> Stream.of(heading.split(", "))))
                .hasSizeGreaterThan(9)
                .containsExactlyInAnyOrderElementsOf(alerts);
    }

    private static Stream<String> all(Pattern pattern, String file) throws IOException {
        return pattern.matcher(Files.readString(Path.of(file))).results().map(found -> found.group(1));
    }
}
