package loginstream.delivery;

import loginstream.deadletter.DeadLetters;
import loginstream.login.LoginBatch;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.component.kafka.KafkaConsumer;
import org.apache.camel.spi.RoutePolicy;

/**
 * Tells the consumer of a batch how its way through the route has ended. Not a {@code RoutePolicySupport}: Camel stops
 * such a policy before the last exchange of a stopping route is done, and asks it no more.
 */
final class BatchRoutePolicy implements RoutePolicy {
    private final BatchesInFlight inFlight;

    BatchRoutePolicy(BatchesInFlight inFlight) {
        this.inFlight = inFlight;
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof LoginBatch batch) {
            exchange.setProperty(DeadLetters.BATCH, batch);
        }
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        if (route.getConsumer() instanceof KafkaConsumer) {
            LoginBatch batch = exchange.getProperty(DeadLetters.BATCH, LoginBatch.class);
            if (batch != null) {
                inFlight.routed(batch, exchange.getException());
            }
        }
    }

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
