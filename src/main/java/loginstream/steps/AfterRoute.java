package loginstream.steps;

import java.util.function.BiConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.spi.SynchronizationRouteAware;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Is told that an exchange has come to the end of a route, at any time: route policies are not once Camel stops, and the
 * batch in hand would be rolled back for it.
 */
public final class AfterRoute extends SynchronizationAdapter implements SynchronizationRouteAware {
    private final BiConsumer<Route, Exchange> action;

    private AfterRoute(BiConsumer<Route, Exchange> action) {
        this.action = action;
    }

    /** Runs this at the end of every route that the exchange is in, or comes into. */
    public static void of(Exchange exchange, BiConsumer<Route, Exchange> action) {
        exchange.getExchangeExtension().addOnCompletion(new AfterRoute(action));
    }

    @Override
    public SynchronizationRouteAware getRouteSynchronization() {
        return this;
    }

    @Override
    public void onBeforeRoute(Route route, Exchange exchange) {}

    @Override
    public void onAfterRoute(Route route, Exchange exchange) {
        action.accept(route, exchange);
    }

    /** A copy that goes on on another thread is none of its business. */
    @Override
    public boolean allowHandover() {
        return false;
    }
}
