package loginstream.deadletter;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import loginstream.login.BatchStep;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import loginstream.login.Rejection;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.common.header.Header;

/**
 * Turns rejected logins into their dead letters: the record as it was consumed, and headers that tell why. To be put in
 * front of what sends them, in an {@code onException} block; a login at which a step has thrown is rejected here.
 */
public final class DeadLetters implements BatchStep {
    private final Clock clock;
    private final DeadLetterLog log;

    /**
     * @param log told at once of what no commit will follow; of everything else once it has committed
     */
    public DeadLetters(Clock clock, DeadLetterLog log) {
        this.clock = clock;
        this.log = log;
    }

    @Override
    public void process(Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof LoginBatch batch) {
            exchange.getMessage().setBody(LoginBatch.ofRejected(prepare(batch)));
            return;
        }
        Login login = exchange.getProperty(Login.PROPERTY, Login.class);
        if (login == null) {
            throw new IllegalStateException("no login here that could be a dead letter");
        }
        prepare(login, exchange);
    }

    private List<Login> prepare(LoginBatch batch) {
        List<Login> rejected = new ArrayList<>();
        String now = clock.instant().toString();
        for (Login login : batch) {
            if (login.state() == Login.State.REJECTED) {
                prepare(login, now);
                rejected.add(login);
            }
        }
        return rejected;
    }

    private void prepare(Login login, Exchange exchange) {
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (login.state() == Login.State.OPEN && login.isDelivered()) {
            passedOn(login, caught);
            exchange.setRouteStop(true);
            return;
        }
        if (login.state() == Login.State.OPEN && caught != null) {
            login.reject(new Rejection.Failed(caught, Redeliveries.of(exchange) + 1));
        }
        if (login.state() != Login.State.REJECTED) {
            exchange.setRouteStop(true);
            return;
        }
        prepare(login);
        Message message = exchange.getMessage();
        message.setBody(login.source().value());
        forgetHeaders(message, login);
        for (Header header : login.headers()) {
            message.setHeader(header.key(), header.value());
        }
    }

    /** What steps have set, another key or topic say, was meant for the login, not for its dead letter. */
    private static void forgetHeaders(Message message, Login login) {
        if (!login.isPlain()) {
            message.removeHeaders("*", "Camel*", "kafka.*");
        }
        message.removeHeader(KafkaConstants.OVERRIDE_TOPIC);
        message.removeHeader(KafkaConstants.OVERRIDE_TIMESTAMP);
        message.removeHeader(KafkaConstants.PARTITION_KEY);
        if (login.source().key() == null) {
            message.removeHeader(KafkaConstants.KEY);
        } else {
            message.setHeader(KafkaConstants.KEY, login.source().key());
        }
    }

    private void prepare(Login login) {
        prepare(login, clock.instant().toString());
    }

    private void prepare(Login login, String failedAt) {
        login.becomeDeadLetter(DeadLetterHeaders.of(login, failedAt));
        if (login.isPlain()) {
            log.sent(login);
        }
    }

    /** Tells of a login that had been sent to the output when a later step failed: it is not to come twice. */
    public void passedOn(Login login, Throwable failure) {
        log.passedOn(login, failure);
    }

    /** Sends the dead letter of a rejected login to that topic, at the end of the route. */
    public void send(Login login, String topic) {
        prepare(login);
        login.sendLater(login.deadLetter(topic), false);
    }
}
