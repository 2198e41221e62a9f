package loginstream.deadletter;

import java.time.Clock;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import loginstream.login.Rejection;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the message body what has to go to the dead-letter topic: the logins that steps have rejected. In an
 * {@code onException} block, where a step threw on a login that travels alone, that login is one of them.
 */
public final class DeadLetters implements Processor {
    /** Exchange property with the batch that an exchange began with, whatever a route makes of its body. */
    public static final String BATCH = "logins";

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private final Clock clock;
    private final DeadLetterLog log;

    public DeadLetters(Clock clock) {
        this(clock, true);
    }

    /**
     * @param mayQuote whether the log may hold a short piece of a bad record
     */
    public DeadLetters(Clock clock, boolean mayQuote) {
        this.clock = clock;
        this.log = new DeadLetterLog(clock, mayQuote);
    }

    @Override
    public void process(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (body instanceof Login login) {
            exchange.getMessage().setBody(one(login, caught, exchange));
            return;
        }
        LoginBatch batch = body instanceof LoginBatch whole ? whole : exchange.getProperty(BATCH, LoginBatch.class);
        if (batch == null) {
            throw new IllegalStateException("no logins here that could be dead letters");
        }
        if (caught != null && batch.size() == 1) {
            reject(batch.iterator().next(), caught, exchange);
        }
        exchange.getMessage().setBody(rejectedOf(batch));
    }

    /** The dead letters of a batch that have not been sent yet. */
    public DeadLetterBatch rejectedOf(LoginBatch batch) {
        return DeadLetterBatch.of(batch, clock, log);
    }

    private DeadLetterBatch one(Login login, Exception caught, Exchange exchange) {
        if (caught != null) {
            reject(login, caught, exchange);
        }
        return DeadLetterBatch.of(login, clock, log);
    }

    /** Camel still tells of an exception when a redelivery has succeeded; the login is then on its way no longer. */
    private static void reject(Login login, Exception caught, Exchange exchange) {
        if (login.isOpen()) {
            login.reject(new Rejection.Failed(caught, Redeliveries.of(exchange) + 1));
        } else if (login.state() == Login.State.PROCESSED
                && exchange.getExchangeExtension().isFailureHandled()) {
            LOG.warn("{} was passed on, but a later step of the route failed: {}", login, caught.toString());
        }
    }
}
