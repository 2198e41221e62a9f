package loginstream.login;

import org.apache.camel.Processor;

/**
 * A processor that knows batches: where the message body is a {@link LoginBatch} it handles all of its logins, and keeps
 * what it throws at one of them with {@link LoginBatch#fail}; where the exchange is about one login, that one.
 */
public interface BatchStep extends Processor {}
