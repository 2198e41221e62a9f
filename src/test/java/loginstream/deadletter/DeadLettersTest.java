package loginstream.deadletter;

import static loginstream.fixture.LoginRecords.CLOCK;
import static loginstream.fixture.LoginRecords.RECORD_MILLIS;
import static loginstream.fixture.LoginRecords.good;
import static loginstream.fixture.LoginRecords.record;
import static loginstream.fixture.LoginRecords.text;
import static loginstream.fixture.SingleLogin.allOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import loginstream.fixture.RecordingOutbox;
import loginstream.fixture.SingleLogin;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import loginstream.login.LoginField;
import loginstream.login.Rejection;
import loginstream.login.Violation;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    private static final Rejection INVALID = new Rejection.Invalid(List.of(new Violation(LoginField.IP, "missing")));

    private final RecordingOutbox outbox = new RecordingOutbox();
    private final DeadLetters deadLetters = new DeadLetters(CLOCK);
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @Test
    void areTheRejectedOfABatchInTheirOrder() {
        // Given
        LoginBatch batch = batch("{\"a\":1}", "{\"b\":2}", "not JSON", "{\"d\":4}");
        List<Login> logins = allOf(batch);
        logins.get(0).reject(INVALID);
        logins.get(1).filterOut();
        logins.get(2).reject(INVALID);
        exchange.getMessage().setBody(batch);

        // When
        deadLetters.process(exchange);

        // Then
        send();
        assertThat(outbox.all()).extracting(RecordingOutbox.Sent::value).containsExactly("{\"a\":1}", "not JSON");
        assertThat(logins)
                .extracting(Login::state)
                .containsExactly(
                        Login.State.DEAD_LETTERED, Login.State.FILTERED, Login.State.DEAD_LETTERED, Login.State.OPEN);
    }

    @Test
    void areTheRecordsAsTheyWereConsumed() {
        // Given
        LoginBatch batch = batch(good());
        Login login = allOf(batch).get(0);
        login.reject(INVALID);
        exchange.getMessage().setBody(batch);

        // When
        deadLetters.process(exchange);

        // Then
        send();
        var sent = outbox.only().record();
        assertThat(sent.topic()).isEqualTo("user-login.dlq");
        assertThat(sent.key()).isSameAs(login.source().key());
        assertThat(sent.value()).isSameAs(login.source().value());
        assertThat(sent.timestamp()).isEqualTo(RECORD_MILLIS);
        assertThat(sent.partition()).isNull();
        assertThat(outbox.only().header("loginstream-reason")).isEqualTo("ip: missing");
        assertThat(outbox.only().header("loginstream-failed-at")).isEqualTo("2023-09-12T00:46:40.500Z");
    }

    @Test
    void areNotSentTwice() {
        // Given
        LoginBatch batch = batch(good());
        allOf(batch).get(0).reject(INVALID);
        exchange.getMessage().setBody(batch);
        deadLetters.process(exchange);
        send();
        exchange.getMessage().setBody(batch);

        // When
        deadLetters.process(exchange);

        // Then
        send();
        assertThat(outbox.all()).hasSize(1);
    }

    @Test
    void areTheLoginThatTravelsAloneWhereAStepThrew() {
        // Given
        exchange.getMessage().setBody(batch(good()));
        caught(new IllegalStateException("no database"), 3);

        // When
        deadLetters.process(exchange);

        // Then
        send();
        assertThat(outbox.only().header("loginstream-failure")).isEqualTo("processing");
        assertThat(outbox.only().header("loginstream-attempts")).isEqualTo("4");
        assertThat(outbox.only().header("loginstream-reason")).isEqualTo("IllegalStateException: no database");
    }

    @Test
    void areNotWhatTravelsTogetherWhereAStepThrew() {
        // Given
        LoginBatch batch = batch(good(), good());
        exchange.getMessage().setBody(batch);
        caught(new IllegalStateException("no database"), 3);

        // When
        deadLetters.process(exchange);

        // Then
        send();
        assertThat(outbox.all()).isEmpty();
        assertThat(allOf(batch)).allMatch(Login::isOpen);
    }

    @Test
    void areNotWhatHasRecoveredFromAnException() {
        // Given
        LoginBatch batch = batch(good());
        SingleLogin.read(batch);
        Login login = allOf(batch).get(0);
        SingleLogin.written(login);
        login.sendTo("processed-data", List.of());
        exchange.getMessage().setBody(batch);
        caught(new IllegalStateException("no database"), 2);

        // When
        deadLetters.process(exchange);

        // Then
        send();
        assertThat(outbox.only().topic()).isEqualTo("processed-data");
    }

    @Test
    void keepTheReasonForWhichALoginWasRejectedAfterARecovery() {
        // Given
        LoginBatch batch = batch(good());
        allOf(batch).get(0).reject(INVALID);
        exchange.getMessage().setBody(batch);
        caught(new IllegalStateException("no database"), 2);

        // When
        deadLetters.process(exchange);

        // Then
        send();
        assertThat(outbox.only().header("loginstream-reason")).isEqualTo("ip: missing");
    }

    @Test
    void areASingleLoginInsideOfASplit() {
        // Given
        LoginBatch batch = batch(good(), good());
        exchange.getMessage().setBody(allOf(batch).get(1));
        caught(new IllegalStateException("no database"), 0);

        // When
        deadLetters.process(exchange);

        // Then
        send();
        assertThat(outbox.only().cause()).isSameAs(allOf(batch).get(1));
        assertThat(outbox.only().header("loginstream-attempts")).isEqualTo("1");
    }

    @Test
    void areFoundEvenWhereARouteHasChangedTheBody() {
        // Given
        LoginBatch batch = batch(good());
        allOf(batch).get(0).reject(INVALID);
        exchange.setProperty(DeadLetters.BATCH, batch);
        exchange.getMessage().setBody("something else");

        // When
        deadLetters.process(exchange);

        // Then
        send();
        assertThat(text(outbox.only().record().value())).isEqualTo(good());
    }

    @Test
    void cannotBeMadeOfNothing() {
        // Given
        exchange.getMessage().setBody("something else");

        // When
        var processing = assertThatIllegalStateException().isThrownBy(() -> deadLetters.process(exchange));

        // Then
        processing.withMessageContaining("no logins");
    }

    private LoginBatch batch(String... values) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        for (String value : values) {
            records.add(record(records.size(), "key", value));
        }
        return new LoginBatch(records, outbox);
    }

    /** As Camel does it: the counter is gone when the block for exceptions begins. */
    private void caught(Exception exception, int redeliveries) {
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, exception);
        for (int i = 1; i <= redeliveries; i++) {
            exchange.getMessage().setHeader(Exchange.REDELIVERY_COUNTER, i);
            new Redeliveries(() -> {}).process(exchange);
        }
        exchange.getMessage().removeHeader(Exchange.REDELIVERY_COUNTER);
    }

    private void send() {
        exchange.getMessage().getBody(DeadLetterBatch.class).sendTo("user-login.dlq", List.of());
    }
}
