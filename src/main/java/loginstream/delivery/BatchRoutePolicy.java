package loginstream.delivery;

import java.util.ArrayList;
import java.util.List;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import loginstream.steps.AfterRoute;
import loginstream.steps.RouteEnd;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;

/**
 * At the end of a route, lets it be decided what has become of each login, and tells the consumer of a batch how its way
 * has ended. Not a {@code RoutePolicySupport}, which Camel stops before the last exchange of a stopping route is done; and
 * not by {@link #onExchangeDone}, which Camel leaves out once it stops: the batch in hand would be rolled back.
 */
final class BatchRoutePolicy implements RoutePolicy {
    private final BatchesInFlight inFlight;
    private final RouteEnd routeEnd;

    BatchRoutePolicy(BatchesInFlight inFlight, RouteEnd routeEnd) {
        this.inFlight = inFlight;
        this.routeEnd = routeEnd;
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof LoginBatch batch) {
            exchange.setProperty(LoginBatch.PROPERTY, batch);
        }
        if (isFirst(route, exchange)) {
            AfterRoute.of(exchange, (ended, through) -> {
                if (isFirst(ended, through)) {
                    conclude(through, ended);
                }
            });
        }
    }

    /** Not one that was called on the way. */
    private static boolean isFirst(Route route, Exchange exchange) {
        return route.getRouteId().equals(exchange.getFromRouteId());
    }

    private void conclude(Exchange exchange, Route route) {
        LoginBatch batch = exchange.getProperty(LoginBatch.PROPERTY, LoginBatch.class);
        if (batch != null) {
            conclude(batch, exchange, route);
            return;
        }
        Login login = exchange.getProperty(Login.PROPERTY, Login.class);
        if (login != null && login.exchange() == exchange && !login.hasEnded()) {
            routeEnd.conclude(login, exchange, route);
        }
    }

    private void conclude(LoginBatch batch, Exchange exchange, Route route) {
        Exception failure = exchange.getException();
        if (failure == null) {
            try {
                routeEnd.conclude(batch, exchange, route);
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (batch.isPlain()) {
            reply(batch, exchange, failure);
        } else {
            inFlight.routed(batch, failure);
        }
    }

    /** Whoever sent a list of plain messages is given back a list: what has become of each. */
    private static void reply(LoginBatch batch, Exchange exchange, Exception failure) {
        List<Object> bodies = new ArrayList<>();
        for (Login login : batch) {
            if (login.state() == Login.State.PROCESSED) {
                bodies.add(
                        login.exchange() == null
                                ? login.json()
                                : login.exchange().getMessage().getBody());
            }
        }
        exchange.getMessage().setBody(bodies);
        if (failure == null) {
            batch.committed();
        } else {
            exchange.setException(failure);
            batch.givenUp(failure);
        }
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {}

    @Override
    public void onInit(Route route) {}

    @Override
    public void onRemove(Route route) {}

    @Override
    public void onStart(Route route) {}

    @Override
    public void onStop(Route route) {}

    @Override
    public void onSuspend(Route route) {}

    @Override
    public void onResume(Route route) {}
}
