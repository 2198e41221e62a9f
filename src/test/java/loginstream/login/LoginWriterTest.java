package loginstream.login;

import static loginstream.fixture.LoginRecords.text;
import static loginstream.fixture.LoginRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import loginstream.fixture.SingleLogin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class LoginWriterTest {
    private static final Consumer<Login> NOTHING = login -> {};
    private static final Consumer<Login> ADD = login -> {
        login.append("event_time", "E");
        login.append(MemberName.of("n"), utf8("1.50"));
    };
    private static final Consumer<Login> CHANGE = login -> login.replace("ip", "hash");
    private static final Consumer<Login> DROP = login -> login.remove("ip");

    private final LoginWriter writer = new LoginWriter();

    static Stream<Arguments> changes() {
        return Stream.of(
                argumentSet("nothing changed", NOTHING, " { \"b\" : 1.0 } \n", " { \"b\" : 1.0 } \n"),
                argumentSet("members at the end", ADD, "{\"b\":1}", "{\"b\":1,\"event_time\":\"E\",\"n\":1.50}"),
                argumentSet("members into an empty object", ADD, "{}", "{\"event_time\":\"E\",\"n\":1.50}"),
                argumentSet("members into blanks", ADD, " { \n } ", " { \n \"event_time\":\"E\",\"n\":1.50}"),
                argumentSet(
                        "blanks before the last brace",
                        ADD,
                        "{\"b\":1 \n}\n",
                        "{\"b\":1 \n,\"event_time\":\"E\",\"n\":1.50}"),
                argumentSet(
                        "brace last in a string",
                        ADD,
                        "{\"b\":\"{\"}",
                        "{\"b\":\"{\",\"event_time\":\"E\",\"n\":1.50}"),
                argumentSet(
                        "nested empty object last", ADD, "{\"b\":{}}", "{\"b\":{},\"event_time\":\"E\",\"n\":1.50}"),
                argumentSet(
                        "member there already", ADD, "{\"n\":7,\"b\":1}", "{\"b\":1,\"event_time\":\"E\",\"n\":1.50}"),
                argumentSet(
                        "all members there already",
                        ADD,
                        "{\"n\":7,\"event_time\":{\"x\":[]}}",
                        "{\"event_time\":\"E\",\"n\":1.50}"),
                argumentSet(
                        "member there under an escaped name",
                        ADD,
                        "{\"\\u006e\":7,\"b\":1}",
                        "{\"b\":1,\"event_time\":\"E\",\"n\":1.50}"),
                argumentSet(
                        "member of that name further inside",
                        ADD,
                        "{\"b\":{\"n\":7}}",
                        "{\"b\":{\"n\":7},\"event_time\":\"E\",\"n\":1.50}"),
                argumentSet(
                        "value in place",
                        CHANGE,
                        "{\"a\":1,\"ip\":\"::1\",\"b\":2}",
                        "{\"a\":1,\"ip\":\"hash\",\"b\":2}"),
                argumentSet("object in place", CHANGE, "{\"ip\":{\"v4\":[1,2]},\"b\":2}", "{\"ip\":\"hash\",\"b\":2}"),
                argumentSet(
                        "value in place, blanks within",
                        CHANGE,
                        "{ \"ip\" : \"::1\" , \"b\" : 2 }",
                        "{\"ip\" : \"hash\",\"b\" : 2}"),
                argumentSet(
                        "value in place under an escaped name",
                        CHANGE,
                        "{\"i\\u0070\":\"::1\"}",
                        "{\"i\\u0070\":\"hash\"}"),
                argumentSet("value to change is absent", CHANGE, "{\"a\":1}", "{\"a\":1}"),
                argumentSet("first member dropped", DROP, "{\"ip\":\"::1\",\"b\":2}", "{\"b\":2}"),
                argumentSet("last member dropped", DROP, "{\"a\":1,\"ip\":\"::1\"}", "{\"a\":1}"),
                argumentSet("only member dropped", DROP, "{\"ip\":\"::1\"}", "{}"),
                argumentSet("member further inside not dropped", DROP, "{\"a\":{\"ip\":1}}", "{\"a\":{\"ip\":1}}"),
                argumentSet(
                        "only member dropped, others added",
                        DROP.andThen(ADD),
                        "{\"ip\":1}",
                        "{\"event_time\":\"E\",\"n\":1.50}"),
                argumentSet(
                        "changed and added",
                        CHANGE.andThen(ADD),
                        "{\"ip\":1,\"n\":2}",
                        "{\"ip\":\"hash\",\"event_time\":\"E\",\"n\":1.50}"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void changesWhatItIsToldAndNothingElse(Consumer<Login> step, String input, String output) throws Exception {
        // Given
        Login login = SingleLogin.read(input);
        step.accept(login);

        // When
        byte[] json = writer.write(login);

        // Then
        assertThat(text(json)).isEqualTo(output);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void comesToTheSameWhenAStepIsRepeated(Consumer<Login> step, String input, String output) throws Exception {
        // Given
        Login login = SingleLogin.read(input);
        step.accept(login);
        writer.write(login);
        step.accept(login);

        // When
        byte[] json = writer.write(login);

        // Then
        assertThat(text(json)).isEqualTo(output);
    }

    /** Values that a parser which thinks of them as numbers and texts would write otherwise. */
    static final List<Arguments> VALUES = List.of(
            argumentSet("beyond a double", "1e999"),
            argumentSet("too small for a double", "1E-999"),
            argumentSet("trailing zero", "1.0"),
            argumentSet("two trailing zeros", "1.00"),
            argumentSet("beyond a long", "12345678901234567890123"),
            argumentSet("very long number", "7".repeat(5_000)),
            argumentSet("very long fraction", "0." + "7".repeat(5_000)),
            argumentSet("negative zero", "-0"),
            argumentSet("exponent", "-1.5E+3"),
            argumentSet("escaped letter", "\"\\u0041\""),
            argumentSet("escaped slash", "\"\\/\""),
            argumentSet("escaped half of a surrogate pair", "\"\\ud83d\""),
            argumentSet("escaped quote and backslash", "\"\\\"\\\\\""),
            argumentSet("not ASCII", "\"Санкт-Петербург 😀\""),
            argumentSet("line separator", "\"\u2028\""),
            argumentSet("very long text", '"' + "я😀".repeat(40_000) + '"'),
            argumentSet("blanks within", "[ 1 ,\t{ \"y\" :\n[ ] } , null]"),
            argumentSet("literals", "[true,false,null]"));

    @ParameterizedTest
    @FieldSource("VALUES")
    void keepsTheTextOfAValueBesideAddedMembers(String value) throws Exception {
        // Given
        Login login = SingleLogin.read("{\"x\":" + value + ",\"y\":" + value + "}");
        ADD.accept(login);

        // When
        byte[] json = writer.write(login);

        // Then
        assertThat(text(json)).isEqualTo("{\"x\":" + value + ",\"y\":" + value + ",\"event_time\":\"E\",\"n\":1.50}");
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void keepsTheTextOfAValueBesideChangedMembers(String value) throws Exception {
        // Given
        Login login = SingleLogin.read("{\"x\":" + value + " ,\"n\":" + value + ",\"ip\":1, \"y\":" + value + "\n}");
        ADD.andThen(DROP).accept(login);

        // When
        byte[] json = writer.write(login);

        // Then
        assertThat(text(json)).isEqualTo("{\"x\":" + value + ",\"y\":" + value + ",\"event_time\":\"E\",\"n\":1.50}");
    }

    @Test
    void keepsAVeryLongNameBesideChangedMembers() throws Exception {
        // Given
        String name = "x".repeat(60_000);
        Login login = SingleLogin.read("{\"ip\":1,\"" + name + "\":1}");
        DROP.accept(login);

        // When
        byte[] json = writer.write(login);

        // Then
        assertThat(text(json)).isEqualTo("{\"" + name + "\":1}");
    }

    @Test
    void escapesWhatAStepAdds() throws Exception {
        // Given
        String hard = "\"\\\n\0 я😀\u2028";
        Login login = SingleLogin.read("{\"ip\":1}");
        login.append(hard, hard);
        login.replace("ip", hard);

        // When
        byte[] json = writer.write(login);

        // Then
        var tree = new ObjectMapper().readTree(json);
        assertThat(tree.size()).isEqualTo(2);
        assertThat(tree.get(hard).textValue()).isEqualTo(hard);
        assertThat(tree.get("ip").textValue()).isEqualTo(hard);
    }

    @Test
    void takesTheLastWordOfAStepThatChangesItsMind() throws Exception {
        // Given
        Login login = SingleLogin.read("{\"ip\":1}");
        login.append("a", "first");
        login.append("b", "then");
        login.append("a", "second");
        login.remove("ip");
        login.replace("ip", "kept");

        // When
        byte[] json = writer.write(login);

        // Then
        assertThat(text(json)).isEqualTo("{\"ip\":\"kept\",\"a\":\"second\",\"b\":\"then\"}");
    }
}
