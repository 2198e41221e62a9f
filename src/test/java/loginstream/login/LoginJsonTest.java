package loginstream.login;

import static loginstream.fixture.LoginRecords.good;
import static loginstream.fixture.LoginRecords.record;
import static loginstream.fixture.LoginRecords.text;
import static loginstream.fixture.SingleLogin.allOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import loginstream.fixture.RecordingOutbox;
import loginstream.fixture.SingleLogin;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class LoginJsonTest {
    private final LoginJson json = new LoginJson(SingleLogin.PARSER);
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
    void writesWhatIsStillOnItsWay() throws Exception {
        // Given
        exchange.getMessage().setBody(batch);
        exchange.getMessage().setHeader("kept", "yes");
        json.unmarshal(exchange, batch);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();

        // When
        json.marshal(exchange, batch, stream);

        // Then
        assertThat(allOf(batch))
                .extracting(login -> text(login.json()))
                .containsExactly(good(), null, null, "{\"x\":1.0}");
        assertThat(exchange.getMessage().getBody()).isSameAs(batch);
        assertThat(exchange.getMessage().getHeader("kept")).isEqualTo("yes");
        assertThat(stream.size()).isZero();
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

    @Test
    void saysWhatItCannotRead() {
        // When
        var reading = assertThatIllegalArgumentException().isThrownBy(() -> json.unmarshal(exchange, "{}"));

        // Then
        reading.withMessageContaining("java.lang.String");
    }

    @Test
    void saysThatItReadsNoStream() {
        // When
        var reading = assertThatIllegalArgumentException()
                .isThrownBy(() -> json.unmarshal(exchange, new ByteArrayInputStream(new byte[0])));

        // Then
        reading.withMessageContaining("stream");
    }
}
