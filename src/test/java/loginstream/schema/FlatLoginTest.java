package loginstream.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import loginstream.fixture.AnyInput;
import loginstream.fixture.LoginRecords;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The short cut for the usual shape comes to the same as the parser for any JSON. */
class FlatLoginTest {
    private static final Map<String, FlatLogin.Kind> FIELDS = Map.of(
            "user_id", FlatLogin.Kind.STRING,
            "ip", FlatLogin.Kind.STRING,
            "event_time", FlatLogin.Kind.STRING,
            "timestamp", FlatLogin.Kind.LONG);

    private interface Reading {
        FlatLogin of(byte[] json, Map<String, FlatLogin.Kind> fields) throws IOException, SchemaMismatchException;
    }

    @Property(tries = 20_000, edgeCases = EdgeCasesMode.NONE)
    void agreesWithTheParser(@ForAll("values") byte[] value) {
        assertThat(seen(FlatLogin::of, value)).isEqualTo(seen(FlatLogin::parsed, value));
    }

    @Test
    void ofDoubledMembersTheLastOneCounts() {
        for (String json : List.of(
                "{\"ip\":\"a\",\"ip\":\"b\"}",
                "{\"ip\":\"a\",\"ip\":null}",
                "{\"x\":1,\"x\":2}",
                "{\"timestamp\":1,\"timestamp\":\" 2\"}")) {
            byte[] value = LoginRecords.utf8(json);
            assertThat(seen(FlatLogin::of, value)).isEqualTo(seen(FlatLogin::parsed, value));
        }
    }

    @Provide
    Arbitrary<byte[]> values() {
        return AnyInput.values().filter(value -> value != null);
    }

    private static Object seen(Reading reading, byte[] value) {
        try {
            FlatLogin login = reading.of(value, FIELDS);
            return List.of(login.values(), login.extensions());
        } catch (SchemaMismatchException e) {
            return e.getMessage();
        } catch (IOException e) {
            return "not JSON";
        }
    }
}
