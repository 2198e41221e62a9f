package loginstream.login;

import static loginstream.fixture.LoginRecords.RECORD_MILLIS;
import static loginstream.fixture.LoginRecords.USER_ID;
import static loginstream.fixture.LoginRecords.good;
import static loginstream.fixture.LoginRecords.record;
import static loginstream.fixture.LoginRecords.text;
import static loginstream.fixture.LoginRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import loginstream.fixture.RecordingOutbox;
import loginstream.fixture.SingleLogin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class LoginTest {
    private final RecordingOutbox outbox = new RecordingOutbox();

    @Test
    void sendsItsResultWithKeyTimestampAndHeadersOfTheInput() {
        // Given
        ConsumerRecord<byte[], byte[]> source = record(7, "key", good());
        source.headers()
                .add("trace", utf8("1"))
                .add("trace", utf8("2"))
                .add("CamelFoo", null)
                .add("", new byte[] {-1});
        Login login = read(source);
        login.append("added", "x");
        SingleLogin.written(login);

        // When
        SingleLogin.sent(login, "processed-data");

        // Then
        var sent = outbox.only().record();
        assertThat(login.isSent()).isTrue();
        assertThat(login.isDelivered()).isTrue();
        assertThat(outbox.only().cause()).isSameAs(login);
        assertThat(sent.topic()).isEqualTo("processed-data");
        assertThat(sent.partition()).isNull();
        assertThat(sent.timestamp()).isEqualTo(RECORD_MILLIS);
        assertThat(text(sent.key())).isEqualTo("key");
        assertThat(text(sent.value())).endsWith(",\"added\":\"x\"}");
        assertThat(sent.headers()).containsExactly(source.headers().toArray());
    }

    @Test
    void isKeyedByItsUserWhereTheInputHasNoKey() {
        // Given
        Login login = read(record(7, null, good()));
        SingleLogin.written(login);

        // When
        SingleLogin.sent(login, "processed-data");

        // Then
        assertThat(text(outbox.only().record().key())).isEqualTo(USER_ID);
    }

    @Test
    void staysWithoutAKeyWhereThereIsNoUserEither() {
        // Given
        Login login = read(record(7, null, "{}"));
        SingleLogin.written(login);

        // When
        SingleLogin.sent(login, "processed-data");

        // Then
        assertThat(outbox.only().record().key()).isNull();
    }

    @Test
    void keepsAnEmptyKey() {
        // Given
        Login login = read(record(7, "", good()));
        SingleLogin.written(login);

        // When
        SingleLogin.sent(login, "processed-data");

        // Then
        assertThat(outbox.only().record().key()).isEmpty();
    }

    @Test
    void isNotSentOnceItIsRejectedOrFilteredOut() {
        // Given
        List<Login> logins = new ArrayList<>();
        logins.add(read(record("[]")));
        logins.add(read(record(null)));

        // When
        logins.forEach(login -> SingleLogin.sent(login, "processed-data"));

        // Then
        assertThat(outbox.all()).isEmpty();
    }

    @Test
    void isSentAsItStandsWhereNothingHasMarshalledIt() {
        // Given
        Login login = read(record("{\"a\" : 1.0}"));
        login.append("b", "x");

        // When
        SingleLogin.sent(login, "processed-data");

        // Then
        assertThat(outbox.only().value()).isEqualTo("{\"a\" : 1.0,\"b\":\"x\"}");
    }

    @Test
    void showsItsPositionAndNothingOfItsContent() {
        // Given
        Login login = read(record(1841, "key", good()));

        // When
        String shown = login.toString();

        // Then
        assertThat(shown).isEqualTo("user-login-2@1841");
    }

    private Login read(ConsumerRecord<byte[], byte[]> source) {
        return SingleLogin.read(source, outbox);
    }
}
