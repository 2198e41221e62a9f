package loginstream.route;

import loginstream.login.Login;
import loginstream.storage.RefusedRowException;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Predicate;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;

/**
 * How often and how long after a step is tried again that has thrown. A login that was rejected, or that a store refuses for
 * what it is, is not tried again: it will not get better by that.
 */
public final class LoginRedeliveryPolicy extends RedeliveryPolicy {
    private static final long serialVersionUID = 1L;

    public LoginRedeliveryPolicy(RetrySettings retry) {
        setMaximumRedeliveries(retry.attempts());
        setRedeliveryDelay(retry.delay().toMillis());
        setMaximumRedeliveryDelay(retry.maxDelay().toMillis());
        setUseExponentialBackOff(true);
        setBackOffMultiplier(retry.multiplier());
        // What a record ends as is told once, as a dead letter.
        setLogExhausted(false);
        setLogStackTrace(false);
        setRetryAttemptedLogLevel(LoggingLevel.DEBUG);
    }

    @Override
    public boolean shouldRedeliver(Exchange exchange, int redeliveryCounter, Predicate retryWhile) {
        Login login = exchange.getProperty(Login.PROPERTY, Login.class);
        return !(exchange.getException() instanceof RefusedRowException)
                && (login == null || login.state() != Login.State.REJECTED)
                && super.shouldRedeliver(exchange, redeliveryCounter, retryWhile);
    }
}
