package loginstream.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import loginstream.fixture.LoginRecords;
import loginstream.fixture.SingleLogin;
import loginstream.login.Login;
import loginstream.storage.RefusedRowException;
import loginstream.storage.StoredLogin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopyTextTest {

    @Test
    void aLineHoldsEveryColumn() throws Exception {
        assertThat(line("""
                {"user_id":"u","app_version":"2.3.0","device_type":"iOS","ip":"::1","locale":"DE","device_id":"d",\
                "timestamp":"1","more":[1, "a"],"event_time":"1970-01-01T00:00:01Z",\
                "processed_time":"2026-11-28T01:02:03.004Z"}"""))
                .isEqualTo(
                        "user-login\t2\t1841\t1970-01-01T00:00:01Z\t2026-11-28T01:02:03.004Z\tu\td\tiOS\t::1\tDE\t2.3.0\t"
                                + "{\"more\":[1, \"a\"]}\n");
    }

    @Test
    void whatCopyReadsInAnotherWayIsEscaped() throws Exception {
        assertThat(line("""
                {"user_id":"a\\tb\\nc\\\\N\\rd","q\\"":"\\\\.","event_time":"1970-01-01T00:00:01Z"}"""))
                .isEqualTo(
                        "user-login\t2\t1841\t1970-01-01T00:00:01Z\t\\N\ta\\tb\\nc\\\\N\\rd\t\\N\t\\N\t\\N\t\\N\t\\N\t"
                                + "{\"q\\\\\"\":\"\\\\\\\\.\"}\n");
    }

    @Test
    void withoutAnEventTimeItIsThatOfTheRecord() throws Exception {
        assertThat(line("{\"event_time\":null}"))
                .startsWith("user-login\t2\t1841\t" + Instant.ofEpochMilli(LoginRecords.RECORD_MILLIS) + "\t\\N\t");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"event_time\":1}|event_time: not a string",
                "{\"event_time\":\"yesterday\"}|event_time: not a time in ISO-8601",
                "{\"ip\":1,\"event_time\":\"1970-01-01T00:00:01Z\"}|ip: not a string",
                "{\"ip\":\"\\ud800\",\"event_time\":\"1970-01-01T00:00:01Z\"}|a text holds half of a character"
            })
    void whatHasNoColumnIsRefused(String json, String reason) {
        assertThatThrownBy(() -> line(json))
                .isInstanceOf(RefusedRowException.class)
                .hasMessage(reason);
    }

    private static String line(String json) throws RefusedRowException {
        Login login = SingleLogin.read(json);
        return new String(CopyText.line(StoredLogin.of(login)), StandardCharsets.UTF_8);
    }
}
