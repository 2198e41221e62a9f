package loginstream.deadletter;

import static loginstream.fixture.LoginRecords.CLOCK;
import static loginstream.fixture.LoginRecords.RECORD_MILLIS;
import static loginstream.fixture.LoginRecords.good;
import static loginstream.fixture.LoginRecords.record;
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
    private final DeadLetters deadLetters = new DeadLetters(CLOCK, DeadLetterLog.none(CLOCK));
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
    void areTheLoginOfAnExchangeAtWhichAStepThrew() {
        // Given
        Login login = alone();
        caught(new IllegalStateException("no database"), 3);

        // When
        deadLetters.process(exchange);

        // Then
        assertThat(login.state()).isEqualTo(Login.State.REJECTED);
        assertThat(exchange.getMessage().getBody()).isSameAs(login.source().value());
        assertThat(exchange.getMessage().getHeader("loginstream-failure", String.class))
                .isEqualTo("processing");
        assertThat(exchange.getMessage().getHeader("loginstream-attempts", String.class))
                .isEqualTo("4");
        assertThat(exchange.getMessage().getHeader("loginstream-reason", String.class))
                .isEqualTo("IllegalStateException: no database");
    }

    @Test
    void areNotWhatWasPassedOnBeforeAStepFailed() {
        // Given
        Login login = alone();
        SingleLogin.sent(login, "processed-data");
        caught(new IllegalStateException("no database"), 2);

        // When
        deadLetters.process(exchange);

        // Then
        assertThat(login.state()).isEqualTo(Login.State.OPEN);
        assertThat(exchange.isRouteStop()).isTrue();
    }

    @Test
    void areSentWhereNoRouteHasSentThem() {
        // Given
        Login login = alone();
        login.reject(INVALID);

        // When
        deadLetters.send(login, "user-login.dlq");

        // Then
        assertThat(outbox.all()).isEmpty();
        login.sendWaiting();
        assertThat(outbox.only().topic()).isEqualTo("user-login.dlq");
        assertThat(outbox.only().header("loginstream-reason")).isEqualTo("ip: missing");
        assertThat(login.state()).isEqualTo(Login.State.DEAD_LETTERED);
    }

    @Test
    void cannotBeMadeOfNothing() {
        // Given
        exchange.getMessage().setBody("something else");

        // When
        var processing = assertThatIllegalStateException().isThrownBy(() -> deadLetters.process(exchange));

        // Then
        processing.withMessageContaining("no login");
    }

    /** A login with an exchange of its own. */
    private Login alone() {
        Login login = SingleLogin.read(record(7, "key", good()), outbox);
        exchange.setProperty(Login.PROPERTY, login);
        exchange.getMessage().setBody(login.asMap());
        return login;
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
        exchange.getMessage().getBody(LoginBatch.class).forEach(login -> SingleLogin.sent(login, "user-login.dlq"));
    }
}
