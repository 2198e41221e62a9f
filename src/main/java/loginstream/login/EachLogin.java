package loginstream.login;

import org.apache.camel.Exchange;

/**
 * Lets a step that is written for one login take its place in a route: applies it to each login of the batch that is
 * still on its way, or to the one login that the exchange is about.
 */
public final class EachLogin implements BatchStep {
    private final LoginStep step;

    public EachLogin(LoginStep step) {
        this.step = step;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        if (exchange.getMessage().getBody() instanceof LoginBatch batch) {
            batch.forEachRead(step.forBatch());
            return;
        }
        Login login = exchange.getProperty(Login.PROPERTY, Login.class);
        if (login == null) {
            Object body = exchange.getMessage().getBody();
            throw new IllegalArgumentException("expected logins, unmarshalled from JSON, but the message body is "
                    + (body == null ? "null" : body.getClass().getName()));
        }
        if (login.isOpen()) {
            login.requireRead();
            LoginContent.adopt(login, exchange);
            step.forBatch().apply(login);
        }
        conclude(login, exchange);
    }

    /** Tells Camel what has become of a login that has an exchange of its own. What is rejected stays so, whoever catches it. */
    static void conclude(Login login, Exchange exchange) throws Exception {
        switch (login.state()) {
            case REJECTED -> throw login.rejection().asException(exchange);
            case FILTERED -> exchange.setRouteStop(true);
            default -> {}
        }
    }

    @Override
    public String toString() {
        return "each login: " + step.getClass().getSimpleName();
    }
}
