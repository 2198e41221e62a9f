package loginstream.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import loginstream.fixture.AnyInput;
import loginstream.fixture.LoginRecords;
import loginstream.fixture.SingleLogin;
import loginstream.login.Login;
import loginstream.login.LoginField;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short cut for the usual shape comes to the same as the parser for any JSON. */
class StoredMembersTest {

    @Property(tries = 20_000, edgeCases = EdgeCasesMode.NONE)
    void agreesWithTheParser(@ForAll("values") byte[] value) {
        assertBothAgreeOn(value);
    }

    @Provide
    Arbitrary<byte[]> values() {
        return AnyInput.values().filter(value -> value != null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"user_id\":\"u\",\"event_time\":\"e\",\"processed_time\":\"p\",\"timestamp\":\"1\",\"x\":\"y\",\"z\":-1}",
                "{\"user_id\":null,\"event_time\":null,\"processed_time\":null,\"timestamp\":null,\"x\":null}",
                "{\"timestamp\":\"\"}",
                "{\"timestamp\":-9223372036854775808}",
                "{\"timestamp\":9223372036854775808}",
                "{\"timestamp\":\"1.5\"}",
                "{\"ip\":1}",
                "{\"event_time\":1}",
                "{\"processed_time\":true}"
            })
    void asWritten(String json) {
        assertBothAgreeOn(LoginRecords.utf8(json));
    }

    /** What nobody has read is left to the parser anyway. */
    private static void assertBothAgreeOn(byte[] json) {
        Login login = SingleLogin.read(LoginRecords.record(2, 1841, null, json), SingleLogin.NOWHERE);
        if (login.members() != null) {
            assertThat(seen(() -> StoredMembers.of(login))).isEqualTo(seen(() -> StoredMembers.parsed(json)));
        }
    }

    private static List<Object> seen(Callable<StoredMembers> reading) {
        try {
            StoredMembers members = reading.call();
            List<Object> seen = new ArrayList<>();
            for (LoginField field : LoginField.all()) {
                byte[] text = members.utf8(field);
                seen.add(text == null ? "none" : new String(text, StandardCharsets.UTF_8));
            }
            seen.add(members.eventTime());
            seen.add(members.processedTime());
            seen.add(members.extensions());
            return seen;
        } catch (Exception e) {
            return List.of(e.getClass(), e.getMessage());
        }
    }
}
