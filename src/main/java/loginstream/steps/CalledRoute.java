package loginstream.steps;

import loginstream.login.Login;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;

/**
 * A route that others call. Where it fails and is called again for the same login, what it has sent is taken back. The
 * step that calls it does not always see that: recipient lists, for one, try each of their endpoints again.
 */
final class CalledRoute extends RoutePolicySupport {
    private static final String BEFORE = "loginstream.waiting-before.";

    /** Also while the route is stopping, for the logins that are in it. */
    @Override
    public boolean isRunAllowed() {
        return true;
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        Login login = exchange.getProperty(Login.PROPERTY, Login.class);
        if (login == null) {
            return;
        }
        Exception caught = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class);
        if (caught != null) {
            login.sends().again(this, caught, exchange.getIn().getHeader(Exchange.REDELIVERED) != null);
        }
        exchange.setProperty(BEFORE + route.getRouteId(), login.sends().waiting());
        AfterRoute.of(exchange, this::noteEnd);
    }

    private void noteEnd(Route route, Exchange exchange) {
        Object before = exchange.removeProperty(BEFORE + route.getRouteId());
        Login login = exchange.getProperty(Login.PROPERTY, Login.class);
        if (login != null && before instanceof Integer count && exchange.getException() != null) {
            login.sends().failed(this, exchange.getException(), count);
        }
    }
}
