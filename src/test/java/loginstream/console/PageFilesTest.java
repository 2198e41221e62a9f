package loginstream.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PageFilesTest {
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"(/[^\"]*)\"|from \"\\.?(/[^\"]*)\"");

    private final PageFiles files = new PageFiles();

    @Test
    void holdEverythingThatTheyReferTo() {
        for (String path : files.paths()) {
            Matcher reference = REFERENCE.matcher(text(path));
            while (reference.find()) {
                String wanted = reference.group(1) == null ? reference.group(2) : reference.group(1);
                assertThat(files.find(wanted)).as(path + " refers to " + wanted).isPresent();
            }
        }
    }

    /** What the headers forbid would not work; and markup made of text is where hostile records would get in. */
    @Test
    void holdNoInlineScriptsOrStylesAndMakeNoMarkupOfText() {
        for (String path : files.paths()) {
            if (!path.startsWith("/lib/")) {
                assertThat(text(path))
                        .as(path)
                        .doesNotContainPattern("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(")
                        .doesNotContainPattern(
                                "<script(?![^>]*src=)|<style|\\sstyle=|\\son[a-z]+=\"|https?://(?!www\\.w3)");
            }
        }
    }

    @Test
    void areNothingElseOfTheClassPath() {
        assertThat(files.find("/application.properties")).isEmpty();
        assertThat(files.find("/../application.properties")).isEmpty();
        assertThat(files.find("/index.html")).isEmpty();
    }

    private String text(String path) {
        return new String(files.find(path).orElseThrow().content(), StandardCharsets.UTF_8);
    }
}
