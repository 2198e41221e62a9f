package loginstream.delivery;

import loginstream.deadletter.DeadLetters;
import loginstream.login.LoginBatch;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.component.kafka.KafkaConsumer;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;

/** Tells the consumer of a batch how its way through the route has ended. Camel asks the factory for every route. */
final class BatchRoutePolicy extends RoutePolicySupport {
    private final BatchesInFlight inFlight;

    private BatchRoutePolicy(BatchesInFlight inFlight) {
        this.inFlight = inFlight;
    }

    /** The policy for every route, in whichever DSL. */
    static RoutePolicyFactory factory(BatchesInFlight inFlight) {
        return new RoutePolicyFactory() {
            @Override
            public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
                return new BatchRoutePolicy(inFlight);
            }
        };
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
}
