package loginstream.login;

import static loginstream.fixture.LoginRecords.good;
import static loginstream.fixture.LoginRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import loginstream.fixture.AnyInput;
import loginstream.login.LoginMembers.Kind;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The short cut comes to the same result as Jackson's parser, or to none. */
class PlainObjectTest {
    private static final List<MemberName> NAMES = Stream.of("ip", "event_time", "processed_time", "x", "")
            .map(MemberName::of)
            .toList();

    private final LoginParser parser = new LoginParser(1 << 20);

    static Stream<Arguments> usual() {
        return Stream.of(
                argumentSet("login", good()),
                argumentSet("another order", "{\"timestamp\":1,\"device_id\":\"a\",\"ip\":\"b\",\"user_id\":\"c\"}"),
                argumentSet("a field left out", good().replaceFirst("\"ip\":[^,]*,", "")),
                argumentSet("one more in between", good().replaceFirst(",", ",\"app_build\":7,")),
                argumentSet("only the last field", "{\"timestamp\":7}"),
                argumentSet(
                        "names that begin like a field's, or end so",
                        "{\"user_ie\":1,\"App_version\":1,\"device_typE\":1,\"iq\":1,\"local\":1,\"ip_\":1,\"devicE_id\":1}"),
                argumentSet("an end like a name's", "{\"user_id\":\"ip\",\"x\":\"timestamp\"}"),
                argumentSet("blanks everywhere", " {\n\"ip\" : \"::1\" ,\t\"timestamp\" : 12 \r} "),
                argumentSet("null", "{\"ip\":null}"),
                argumentSet("negative number", "{\"timestamp\":-12}"),
                argumentSet("zero", "{\"timestamp\":0}"),
                argumentSet("negative zero", "{\"timestamp\":-0}"),
                argumentSet("long number", "{\"timestamp\":" + "7".repeat(5_000) + "}"),
                argumentSet("empty text and name", "{\"ip\":\"\",\"\":\"\"}"),
                argumentSet(
                        "many unknown names",
                        "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1}"),
                argumentSet("DEL", "{\"ip\":\"\u007f\"}"));
    }

    @ParameterizedTest
    @MethodSource("usual")
    void readsTheUsualShape(String value) throws Exception {
        // When
        LoginMembers members = PlainObject.read(utf8(value));

        // Then
        assertThat(seen(members)).isEqualTo(seen(parser.parseAny(utf8(value))));
    }

    static Stream<Arguments> unusual() {
        return Stream.of(
                argumentSet("empty", ""),
                argumentSet("empty object", "{}"),
                argumentSet("escape", "{\"ip\":\"\\u0041\"}"),
                argumentSet("escape in a name", "{\"\\u0069p\":1}"),
                argumentSet("not ASCII", "{\"ip\":\"é\"}"),
                argumentSet("object", "{\"ip\":{}}"),
                argumentSet("array", "{\"ip\":[]}"),
                argumentSet("fraction", "{\"ip\":1.5}"),
                argumentSet("exponent", "{\"ip\":1e5}"),
                argumentSet("leading zero", "{\"ip\":01}"),
                argumentSet("only a sign", "{\"ip\":-}"),
                argumentSet("boolean", "{\"ip\":true}"),
                argumentSet("null cut short", "{\"ip\":nul"),
                argumentSet("null and more", "{\"ip\":nulls}"),
                argumentSet("doubled field", "{\"ip\":1,\"ip\":2}"),
                argumentSet("doubled null", "{\"ip\":null,\"ip\":2}"),
                argumentSet("doubled unknown name", "{\"x\":1,\"x\":2}"),
                argumentSet("comma too many", "{\"ip\":1,}"),
                argumentSet("comma missing", "{\"ip\":1 \"x\":2}"),
                argumentSet("colon missing", "{\"ip\" 1}"),
                argumentSet("control character", "{\"ip\":\"\u0001\"}"),
                argumentSet("other blank", "{\"ip\":\f1}"),
                argumentSet("something behind", "{\"ip\":1}x"),
                argumentSet("a second one", "{\"ip\":1}{\"ip\":1}"));
    }

    @ParameterizedTest
    @MethodSource("unusual")
    void leavesEverythingElseToTheParser(String value) {
        // When
        LoginMembers members = PlainObject.read(utf8(value));

        // Then
        assertThat(members).isNull();
    }

    @Property(tries = 20_000, edgeCases = EdgeCasesMode.NONE)
    void agreesWithTheParser(@ForAll("values") byte[] value) throws Exception {
        // When
        LoginMembers members = PlainObject.read(value);

        // Then
        if (members != null) {
            assertThat(seen(members)).isEqualTo(seen(parser.parseAny(value)));
        }
    }

    @Provide
    Arbitrary<byte[]> values() {
        return AnyInput.values().filter(value -> value != null);
    }

    private static List<Object> seen(LoginMembers members) {
        List<Object> seen = new ArrayList<>();
        for (LoginField field : LoginField.all()) {
            Kind kind = members.kind(field);
            CharSequence text = members.text(field);
            seen.add(field + " " + kind + " " + text);
        }
        NAMES.forEach(name -> seen.add(name + " " + members.has(name)));
        return seen;
    }
}
