package loginstream.delivery;

import loginstream.steps.LoginSteps;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.spi.UnitOfWork;

/**
 * Whether an exchange is on the way of its login: in the route that consumed it, or one that is called from there. A
 * copy that was handed to another thread is in a route with a consumer that took it over.
 */
final class OwnWay {
    private OwnWay() {}

    static boolean isOf(Exchange exchange) {
        UnitOfWork unit = exchange.getUnitOfWork();
        Route route = unit == null ? null : unit.getRoute();
        return route == null
                || route.getConsumer() == null
                || route.getEndpoint() instanceof KafkaEndpoint
                || LoginSteps.isCalled(route.getEndpoint().getEndpointUri());
    }
}
