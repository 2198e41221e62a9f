package loginstream.login;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Lets a step that is written for one login take its place in a route: applies it to each login of the batch that is
 * still on its way. The one loop over a batch; a body that is a single login (inside a {@code split}) works as well.
 */
public final class EachLogin implements Processor {
    private final LoginStep step;

    public EachLogin(LoginStep step) {
        this.step = step;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        apply(step, exchange.getMessage().getBody());
    }

    static void apply(LoginStep step, Object body) throws Exception {
        if (body instanceof LoginBatch batch) {
            batch.forEachOpen(step);
        } else if (body instanceof Login login) {
            if (login.isOpen()) {
                step.apply(login);
            }
        } else {
            throw new IllegalArgumentException("expected a batch of logins or a login as the message body, but it is "
                    + (body == null ? "null" : body.getClass().getName()));
        }
    }

    @Override
    public String toString() {
        return "each login: " + step.getClass().getSimpleName();
    }
}
