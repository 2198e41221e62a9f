package loginstream.login;

import static loginstream.fixture.LoginRecords.good;
import static loginstream.fixture.LoginRecords.record;
import static loginstream.fixture.LoginRecords.text;
import static loginstream.fixture.LoginRecords.utf8;
import static loginstream.fixture.SingleLogin.allOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import loginstream.fixture.RecordingOutbox;
import loginstream.fixture.SingleLogin;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LoginJsonTest {
    private final LoginJson json = new LoginJson(SingleLogin.PARSER, Decoder.JSON, SingleLogin.NOWHERE);
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    private final LoginBatch batch = new LoginBatch(
            List.of(record(1, "a", good()), record(2, "b", null), record(3, "c", "[]"), record(4, "d", "{\"x\":1.0}")),
            new RecordingOutbox());

    @Test
    void readsWhatIsGoodAndTakesOutTheRest() throws Exception {
        // When
        Object body = json.unmarshal(exchange, batch);

        // Then
        assertThat(body).isSameAs(batch);
        assertThat(batch)
                .extracting(Login::state)
                .containsExactly(Login.State.OPEN, Login.State.FILTERED, Login.State.REJECTED, Login.State.OPEN);
        Login bad = allOf(batch).get(2);
        assertThat(bad.rejection().failure()).isEqualTo(Failure.UNPARSEABLE);
        assertThat(bad.rejection().reason()).isEqualTo("not a JSON object");
    }

    @Test
    void writesWhatIsStillOnItsWay() {
        // Given
        json.unmarshal(batch);

        // When
        json.marshal(batch);

        // Then
        assertThat(allOf(batch))
                .extracting(login -> text(login.json()))
                .containsExactly(good(), null, null, "{\"x\":1.0}");
    }

    @Test
    void readsAgainFromTheBeginning() throws Exception {
        // Given
        json.unmarshal(exchange, batch);
        Login login = allOf(batch).get(3);
        login.append("added", "by a step that ran before");

        // When
        json.unmarshal(exchange, batch);

        // Then
        assertThat(SingleLogin.written(login)).isEqualTo("{\"x\":1.0}");
    }

    @ParameterizedTest
    @MethodSource("plainMessages")
    void makesALoginOfAPlainMessage(Object body) throws Exception {
        // When
        Object members = json.unmarshal(exchange, body);

        // Then
        assertThat(members).isEqualTo(Map.of("x", 1));
        assertThat(exchange.getProperty(Login.PROPERTY, Login.class).isOpen()).isTrue();
    }

    static Stream<Object> plainMessages() {
        return Stream.of("{\"x\":1}", utf8("{\"x\":1}"), Map.of("x", 1));
    }

    @Test
    void makesALoginOfAStream() throws Exception {
        // When
        Object members = json.unmarshal(exchange, new ByteArrayInputStream(utf8("{\"x\":1}")));

        // Then
        assertThat(members).isEqualTo(Map.of("x", 1));
    }

    @Test
    void makesABatchOfAList() throws Exception {
        // When
        Object body = json.unmarshal(exchange, List.of("{\"x\":1}", "[]", Map.of("y", 2)));

        // Then
        assertThat(body).isInstanceOf(LoginBatch.class);
        assertThat(allOf((LoginBatch) body))
                .extracting(Login::state)
                .containsExactly(Login.State.OPEN, Login.State.REJECTED, Login.State.OPEN);
    }

    @Test
    void throwsWhatIsNoJson() {
        // When
        var reading = assertThatExceptionOfType(UnparseableLoginException.class)
                .isThrownBy(() -> json.unmarshal(exchange, "[]"));

        // Then
        reading.withMessage("not a JSON object");
    }
}
