package loginstream.login;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static loginstream.fixture.LoginRecords.good;
import static loginstream.fixture.LoginRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.Map;
import java.util.stream.Stream;
import loginstream.login.LoginMembers.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LoginParserTest {
    private static final String BOM = "\uFEFF";

    private final LoginParser parser = new LoginParser(1 << 20);

    static Stream<Arguments> unparseable() {
        return Stream.of(
                text("empty", "", "empty"),
                text("only blanks", " \n ", "not a JSON object"),
                text("null", "null", "not a JSON object"),
                text("array", "[]", "not a JSON object"),
                text("array with a login in it", "[" + good() + "]", "not a JSON object"),
                text("string", "\"x\"", "not a JSON object"),
                text("number", "1", "not a JSON object"),
                text("boolean", "true", "not a JSON object"),
                text("word", "hello", "not JSON: "),
                text("comma-separated", "a,b,c", "not JSON: "),
                text("XML", "<login/>", "not JSON: "),
                text("only a brace", "{", "not JSON: "),
                text("last brace missing", good().substring(0, good().length() - 1), "not JSON: "),
                text("cut within a string", "{\"locale\":\"R", "not JSON: "),
                text("cut within a string that is skipped", "{\"x\":\"R", "not JSON: "),
                text("cut within a literal", "{\"x\":tru", "not JSON: "),
                text("cut after a name", "{\"x\"", "not JSON: "),
                text("cut in a nested object", "{\"x\":{\"y\":1}", "not JSON: "),
                text("comma too many", "{\"x\":1,}", "not JSON: "),
                text("comma missing", "{\"x\":1 \"y\":2}", "not JSON: "),
                text("name without quotes", "{x:1}", "not JSON: "),
                text("name in single quotes", "{'x':1}", "not JSON: "),
                text("comment", "{/* none */}", "not JSON: "),
                text("not a number", "{\"x\":NaN}", "not JSON: "),
                text("infinity", "{\"x\":-Infinity}", "not JSON: "),
                text("leading zero", "{\"x\":01}", "not JSON: "),
                text("plus sign", "{\"x\":+1}", "not JSON: "),
                text("fraction without digits", "{\"x\":1.}", "not JSON: "),
                text("line break in a string", "{\"x\":\"a\nb\"}", "not JSON: "),
                text("tab in a name", "{\"a\tb\":1}", "not JSON: "),
                text("unknown escape", "{\"x\":\"\\q\"}", "not JSON: "),
                text("escape cut short", "{\"x\":\"\\u00\"}", "not JSON: "),
                text("second object", "{} {}", "something follows the JSON object"),
                text("trailing number", "{}1", "something follows the JSON object"),
                text("trailing brace", "{}}", "not JSON: "),
                text("trailing word", "{} x", "not JSON: "),
                text("duplicate name of a field", "{\"ip\":\"::1\",\"ip\":\"::1\"}", "a duplicate member name: "),
                text("duplicate unknown name", "{\"x\":1,\"y\":2,\"x\":1}", "a duplicate member name: "),
                text("duplicate name, once escaped", "{\"ip\":1,\"\\u0069p\":1}", "a duplicate member name: "),
                text("duplicate nested name", "{\"x\":{\"y\":1,\"y\":1}}", "a duplicate member name: "),
                text("duplicate name in an array", "{\"x\":[{\"y\":1,\"y\":1}]}", "a duplicate member name: "),
                text("duplicate empty name", "{\"\":1,\"\":2}", "a duplicate member name: "),
                text("nested too deep in objects", nested("{\"x\":", 65, "}"), "nested deeper than 64 levels"),
                text("nested too deep in arrays", "{\"x\":" + nested("[", 64, "]") + "}", "nested deeper than 64"),
                text("byte order mark", BOM + "{}", "begins with a byte order mark"),
                text("NUL at the end", "{}\0", "holds a NUL byte"),
                text("NUL in a string", "{\"x\":\"\0\"}", "not JSON"),
                bytes("only NULs", new byte[8], "holds a NUL byte"),
                bytes("UTF-16, big end first", "{\"x\":1}".getBytes(UTF_16BE), "holds a NUL byte"),
                bytes("UTF-16, little end first", "{\"x\":1}".getBytes(UTF_16LE), "holds a NUL byte"),
                bytes("UTF-16 with mark", (BOM + "{}").getBytes(UTF_16BE), "holds a NUL byte"),
                bytes("UTF-16 outside of ASCII", (BOM + "логин").getBytes(UTF_16BE), "not UTF-8"),
                bytes("Latin 1 in a field", "{\"locale\":\"\u00e9\"}".getBytes(ISO_8859_1), "not UTF-8"),
                bytes("Latin 1 in a skipped string", "{\"x\":\"\u00e9\"}".getBytes(ISO_8859_1), "not UTF-8"),
                bytes("Latin 1 in a nested string", "{\"x\":[{\"y\":\"\u00e9\"}]}".getBytes(ISO_8859_1), "not UTF-8"),
                bytes("Latin 1 in a name", "{\"\u00e9\":1}".getBytes(ISO_8859_1), "not UTF-8"),
                bytes("overlong slash", inString(0xC0, 0xAF), "not UTF-8"),
                bytes("overlong NUL", inString(0xC0, 0x80), "not UTF-8"),
                bytes("overlong in three bytes", inString(0xE0, 0x80, 0xAF), "not UTF-8"),
                bytes("half of a surrogate pair", inString(0xED, 0xA0, 0x80), "not UTF-8"),
                bytes("above the last code point", inString(0xF4, 0x90, 0x80, 0x80), "not UTF-8"),
                bytes("continuation alone", inString(0x80), "not UTF-8"),
                bytes("character cut short", inString(0xE2, 0x82), "not UTF-8"),
                bytes("byte that never occurs", inString(0xFF), "not UTF-8"),
                bytes("Latin 1 after the object", "{}\u00e9".getBytes(ISO_8859_1), "not UTF-8"));
    }

    @ParameterizedTest
    @MethodSource("unparseable")
    void refusesWhatIsNoJsonObject(byte[] value, String reason) {
        // When
        var parsing = assertThatExceptionOfType(UnparseableLoginException.class).isThrownBy(() -> parser.parse(value));

        // Then
        parsing.withMessageStartingWith(reason)
                .extracting(Throwable::getMessage)
                .satisfies(message -> assertThat(message).hasSizeLessThan(260).doesNotContain("\n"));
    }

    static Stream<Arguments> parseable() {
        return Stream.of(
                argumentSet("empty object", "{}"),
                argumentSet("blanks around", " \r\n\t{ } \n"),
                argumentSet("empty name", "{\"\":1}"),
                argumentSet("number beyond a double", "{\"x\":1e999}"),
                argumentSet("long number", "{\"x\":" + "7".repeat(5_000) + "}"),
                argumentSet("long string", "{\"x\":\"" + "y".repeat(500_000) + "\"}"),
                argumentSet("long name", "{\"" + "x".repeat(200_000) + "\":1}"),
                argumentSet("not ASCII", "{\"город\":\"Санкт-Петербург 😀\"}"),
                argumentSet("escaped half of a surrogate pair", "{\"x\":\"\\ud800\"}"),
                argumentSet("escaped NUL", "{\"x\":\"\\u0000\"}"),
                argumentSet("mark that is not at the beginning", "{\"x\":\"" + BOM + "\"}"),
                argumentSet("same name at different depths", "{\"x\":{\"x\":[{\"x\":1},{\"x\":1}]}}"),
                argumentSet("deepest objects", nested("{\"x\":", 64, "}").replace(":}", ":1}")),
                argumentSet("deepest arrays", "{\"x\":" + nested("[", 63, "]") + "}"));
    }

    @ParameterizedTest
    @MethodSource("parseable")
    void takesEveryJsonObject(String value) {
        // When
        var parsing = assertThatCode(() -> parser.parse(utf8(value)));

        // Then
        parsing.doesNotThrowAnyException();
    }

    @Test
    void acceptsTheLongestValueAllowed() {
        // Given
        LoginParser strict = new LoginParser(12);

        // When
        var parsing = assertThatCode(() -> strict.parse(utf8("{\"x\":\"1234\"}")));

        // Then
        parsing.doesNotThrowAnyException();
    }

    @Test
    void refusesALongerValueWhateverItIs() {
        // Given
        LoginParser strict = new LoginParser(12);

        // When
        var parsing = assertThatExceptionOfType(UnparseableLoginException.class)
                .isThrownBy(() -> strict.parse(utf8("{\"x\":\"1234\"} ")));

        // Then
        parsing.withMessage("longer than 12 bytes (it has 13)");
    }

    @Test
    void readsTheFieldsWithTheirKinds() throws Exception {
        // Given
        byte[] value = utf8("""
                {"user_id":null,"app_version":"2\\u002e3","device_type":{"ip":"inner"},"ip":true,"locale":"",
                "timestamp":-12,"other":{"device_id":"inner"}}""");

        // When
        LoginMembers members = parser.parse(value);

        // Then
        assertThat(LoginField.all())
                .extracting(members::kind)
                .containsExactly(
                        Kind.NULL, Kind.STRING, Kind.OTHER, Kind.OTHER, Kind.STRING, Kind.ABSENT, Kind.INTEGER);
        assertThat(LoginField.all())
                .extracting(members::text)
                .containsExactly(null, "2.3", null, null, "", null, "-12");
        assertThat(members.has(MemberName.of("other"))).isTrue();
        assertThat(members.has(MemberName.of("device_id"))).isFalse();
        assertThat(members.has(MemberName.of("user_id"))).isTrue();
    }

    @Test
    void givesAllMembersAsAMap() throws Exception {
        // Given
        byte[] value = utf8("{\"locale\":\"RU\",\"x\":{\"y\":[1,null]},\"big\":12345678901234567890}");

        // When
        Map<String, Object> map = parser.toMap(value);

        // Then
        assertThat(map).containsOnlyKeys("locale", "x", "big").containsEntry("locale", "RU");
    }

    private static Arguments text(String name, String value, String reason) {
        return bytes(name, utf8(value), reason);
    }

    private static Arguments bytes(String name, byte[] value, String reason) {
        return argumentSet(name, value, reason);
    }

    private static String nested(String open, int depth, String close) {
        return open.repeat(depth) + close.repeat(depth);
    }

    /** An unknown member whose string holds these bytes. */
    private static byte[] inString(int... bytes) {
        StringBuilder latin = new StringBuilder("{\"x\":\"");
        for (int b : bytes) {
            latin.append((char) b);
        }
        return latin.append("\"}").toString().getBytes(ISO_8859_1);
    }
}
