package loginstream.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlainTextTest {

    static Stream<Arguments> texts() {
        return Stream.of(
                argumentSet("nothing", null, ""),
                argumentSet("harmless", "Санкт-Петербург 😀", "Санкт-Петербург 😀"),
                argumentSet("as long as allowed", "x".repeat(20), "x".repeat(20)),
                argumentSet("longer", "x".repeat(21), "x".repeat(20) + "…"),
                argumentSet("line breaks", "a\r\nb", "a\\u000d\\u000ab"),
                argumentSet("terminal escape", "\u001b[31mred", "\\u001b[31mred"),
                argumentSet("text direction", "a\u202eb", "a\\u202eb"),
                argumentSet("invisible", "a\u200b\uFEFFb", "a\\u200b\\ufeffb"),
                argumentSet("line separators", "\u2028\u2029\u0085", "\\u2028\\u2029\\u0085"),
                argumentSet("cut within a pair of surrogates", "x".repeat(19) + "😀😀", "x".repeat(19) + "…"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void isOneShortHarmlessLine(String text, String expected) {
        // When
        String plain = PlainText.of(text, 20);

        // Then
        assertThat(plain).isEqualTo(expected);
    }
}
