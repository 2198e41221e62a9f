package loginstream.login;

import static loginstream.fixture.LoginRecords.text;
import static loginstream.fixture.LoginRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberEditsTest {

    static Stream<Arguments> edits() {
        return Stream.of(
                argumentSet("a string", "a=unknown", "{\"a\":\"unknown\"}"),
                argumentSet("a number", "a=1.50", "{\"a\":1.50}"),
                argumentSet("a boolean", "a=true", "{\"a\":true}"),
                argumentSet("null", "a=null", "{\"a\":null}"),
                argumentSet("a quoted string", "a=\"7\"", "{\"a\":\"7\"}"),
                argumentSet("an object", "a={\"b\": [1]}", "{\"a\":{\"b\": [1]}}"),
                argumentSet("no number", "a=2.3.0", "{\"a\":\"2.3.0\"}"),
                argumentSet("two numbers", "a=1 2", "{\"a\":\"1 2\"}"),
                argumentSet("nearly a literal", "a=True", "{\"a\":\"True\"}"),
                argumentSet("nothing", "a=", "{\"a\":\"\"}"),
                argumentSet("more equals signs", "a=b=c", "{\"a\":\"b=c\"}"),
                argumentSet("to be escaped", "a\"b=\"\n", "{\"a\\\"b\":\"\\\"\\n\"}"));
    }

    @ParameterizedTest
    @MethodSource("edits")
    void takeAValueAsJsonWhereItIsAndElseAsAString(String edit, String expected) throws Exception {
        // When
        byte[] result = MemberEdits.parse(List.of(edit)).applyTo(utf8("{}"));

        // Then
        assertThat(text(result)).isEqualTo(expected);
    }

    @Test
    void leaveAllOtherMembersAsTheyAreWritten() throws Exception {
        // Given
        MemberEdits edits = MemberEdits.parse(List.of("ip=x", "new=1", "ip=1.2.3.4"));

        // When
        byte[] result = edits.applyTo(utf8("{\"n\": 1.00 ,\"i\\u0070\":null,\"s\":\"\\u0041\"}"));

        // Then
        assertThat(text(result)).isEqualTo("{\"n\": 1.00,\"i\\u0070\":\"1.2.3.4\",\"s\":\"\\u0041\",\"new\":1}");
    }

    @Test
    void thatAreNoneLeaveEveryValueAsItIs() throws Exception {
        // Given
        byte[] value = {-1, 0};

        // When // Then
        assertThat(MemberEdits.none().applyTo(value)).isSameAs(value);
        assertThat(MemberEdits.none().applyTo(null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "{\"a\":1", "{\"a\":1,\"a\":2}", "{} {}"})
    void needAnObject(String value) {
        // When // Then
        assertThatThrownBy(() -> MemberEdits.parse(List.of("a=1")).applyTo(utf8(value)))
                .isInstanceOf(UnparseableLoginException.class);
    }

    @Test
    void needAValue() {
        // When // Then
        assertThatThrownBy(() -> MemberEdits.parse(List.of("a=1")).applyTo(null))
                .isInstanceOf(UnparseableLoginException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "device_type", "=unknown"})
    void needAName(String edit) {
        // When // Then
        assertThatThrownBy(() -> MemberEdits.parse(List.of(edit)))
                .hasMessage("'" + edit + "' is no edit: write NAME=VALUE, such as device_type=unknown");
    }
}
