package loginstream.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.List;
import java.util.stream.Stream;
import loginstream.login.LoginMembers.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StringRulesTest {
    private static final StringRule UUID = new UuidRule();
    private static final StringRule VERSION = new AppVersionRule();
    private static final StringRule LOCALE = new LocaleRule();
    private static final StringRule TEXT = new TextRule(8);

    static Stream<Arguments> good() {
        return Stream.of(
                argumentSet("UUID", UUID, "424cdd21-063a-43a7-b91b-7ca1a833afae"),
                argumentSet("UUID in upper case", UUID, "424CDD21-063A-43A7-B91B-7CA1A833AFAE"),
                argumentSet("UUID of no version", UUID, "00000000-0000-0000-0000-000000000000"),
                argumentSet("UUID of version 7", UUID, "01890a5d-ac96-774b-bcce-b302099a8057"),
                argumentSet("one number", VERSION, "2"),
                argumentSet("two numbers", VERSION, "2.3"),
                argumentSet("three numbers", VERSION, "2.3.0"),
                argumentSet("four numbers", VERSION, "2.3.0.1841"),
                argumentSet("long numbers", VERSION, "20230912.123456789012345678901234567890"),
                argumentSet("leading zero", VERSION, "2.03"),
                argumentSet("suffix", VERSION, "2.4.0-beta"),
                argumentSet("build", VERSION, "2.4.0+build.17"),
                argumentSet("suffix and build", VERSION, "1-rc.1+a_b-c"),
                argumentSet("country", LOCALE, "RU"),
                argumentSet("language of three letters", LOCALE, "rus"),
                argumentSet("language and country", LOCALE, "pt-BR"),
                argumentSet("underscore", LOCALE, "pt_BR"),
                argumentSet("several subtags", LOCALE, "zh-Hant_TW-x-12345678"),
                argumentSet("one character", TEXT, "x"),
                argumentSet("longest", TEXT, "12345678"),
                argumentSet("longest of characters outside of the basic plane", TEXT, "😀".repeat(8)),
                argumentSet("blanks inside and outside", TEXT, " a b "),
                argumentSet("not ASCII", TEXT, "téléph"));
    }

    @ParameterizedTest
    @MethodSource("good")
    void acceptsTheValue(StringRule rule, String text) {
        // When
        String violation = rule.violation(Kind.STRING, text);

        // Then
        assertThat(violation).isNull();
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                argumentSet("empty UUID", UUID, "", "not a UUID: \"\""),
                argumentSet("text for UUID", UUID, "abc", "not a UUID: \"abc\""),
                argumentSet(
                        "too short",
                        UUID,
                        "424cdd21-063a-43a7-b91b-7ca1a833afa",
                        "not a UUID: \"424cdd21-063a-43a7-b91b-7ca1a833afa\""),
                argumentSet(
                        "too long",
                        UUID,
                        "424cdd21-063a-43a7-b91b-7ca1a833afaef",
                        "not a UUID: \"424cdd21-063a-43a7-b91b-7ca1a833afaef\""),
                argumentSet(
                        "not hexadecimal",
                        UUID,
                        "g24cdd21-063a-43a7-b91b-7ca1a833afae",
                        "not a UUID: \"g24cdd21-063a-43a7-b91b-7ca1a833afae\""),
                argumentSet(
                        "groups of other lengths",
                        UUID,
                        "424cdd210-63a-43a7-b91b-7ca1a833afae",
                        "not a UUID: \"424cdd210-63a-43a7-b91b-7ca1a833afae\""),
                argumentSet(
                        "digits of another script",
                        UUID,
                        "٤24cdd21-063a-43a7-b91b-7ca1a833afae",
                        "not a UUID: \"٤24cdd21-063a-43a7-b91b-7ca1a833afae\""),
                argumentSet("empty version", VERSION, "", "not a version: \"\""),
                argumentSet("five numbers", VERSION, "1.2.3.4.5", "not a version: \"1.2.3.4.5\""),
                argumentSet("letter first", VERSION, "v1", "not a version: \"v1\""),
                argumentSet("dot last", VERSION, "1.", "not a version: \"1.\""),
                argumentSet("dot first", VERSION, ".1", "not a version: \".1\""),
                argumentSet("two dots", VERSION, "1..2", "not a version: \"1..2\""),
                argumentSet("empty suffix", VERSION, "1-", "not a version: \"1-\""),
                argumentSet("blank in suffix", VERSION, "1-a b", "not a version: \"1-a b\""),
                argumentSet("blank around", VERSION, " 1", "not a version: \" 1\""),
                argumentSet("line break last", VERSION, "1\n", "not a version: \"1\\u000a\""),
                argumentSet("digits of another script", VERSION, "٢", "not a version: \"٢\""),
                argumentSet("empty locale", LOCALE, "", "not a locale: \"\""),
                argumentSet("one letter", LOCALE, "R", "not a locale: \"R\""),
                argumentSet("four letters", LOCALE, "RUSS", "not a locale: \"RUSS\""),
                argumentSet("digit", LOCALE, "R1", "not a locale: \"R1\""),
                argumentSet("empty subtag", LOCALE, "pt-", "not a locale: \"pt-\""),
                argumentSet("subtag of nine", LOCALE, "pt-123456789", "not a locale: \"pt-123456789\""),
                argumentSet("charset", LOCALE, "pt_BR.UTF-8", "not a locale: \"pt_BR.UTF-8\""),
                argumentSet("letters of another script", LOCALE, "РУ", "not a locale: \"РУ\""),
                argumentSet("line break last", LOCALE, "RU\n", "not a locale: \"RU\\u000a\""),
                argumentSet("empty text", TEXT, "", "blank"),
                argumentSet("blank text", TEXT, " \u2003 ", "blank"),
                argumentSet("line break", TEXT, "a\nb", "holds a control character"),
                argumentSet("NUL", TEXT, "\0a", "holds a control character"),
                argumentSet("delete", TEXT, "a\u007F", "holds a control character"),
                argumentSet("control character above ASCII", TEXT, "a\u0085", "holds a control character"),
                argumentSet("one too long", TEXT, "123456789", "longer than 8 characters"),
                argumentSet(
                        "one too long outside of the basic plane", TEXT, "😀".repeat(9), "longer than 8 characters"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refusesTheValue(StringRule rule, String text, String reason) {
        // When
        String violation = rule.violation(Kind.STRING, text);

        // Then
        assertThat(violation).isEqualTo(reason);
    }

    static Stream<Arguments> rules() {
        return Stream.of(
                argumentSet("UUID", UUID),
                argumentSet("version", VERSION),
                argumentSet("locale", LOCALE),
                argumentSet("text", TEXT),
                argumentSet("IP address", new IpAddressRule()));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void refusesWhatIsNoString(StringRule rule) {
        // When
        List<String> violations = List.of(rule.violation(Kind.INTEGER, "12"), rule.violation(Kind.OTHER, null));

        // Then
        assertThat(violations).containsExactly("not a string", "not a string");
    }

    @ParameterizedTest
    @MethodSource("longValues")
    void staysFastAndBriefWithALongValue(StringRule rule, String text) {
        // When
        String violation = rule.violation(Kind.STRING, text);

        // Then
        assertThat(violation).endsWith("…\"").hasSizeLessThan(70);
    }

    static Stream<Arguments> longValues() {
        return Stream.of(
                argumentSet("UUID", UUID, "a".repeat(1 << 20)),
                argumentSet("version", VERSION, "1".repeat(1 << 20) + "!"),
                argumentSet("version with a long suffix", VERSION, "1-" + "a-".repeat(1 << 19) + "!"),
                argumentSet("locale", LOCALE, "de" + "-de".repeat(1 << 18) + "!"),
                argumentSet("IP address", new IpAddressRule(), "1.".repeat(1 << 19)));
    }
}
