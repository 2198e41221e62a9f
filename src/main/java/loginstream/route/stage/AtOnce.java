package loginstream.route.stage;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.engine.DefaultShutdownStrategy;
import org.apache.camel.spi.RouteStartupOrder;

/** Ends routes without waiting for what is in them: nobody wants to know any more, and a slow step is not worth a warning. */
final class AtOnce extends DefaultShutdownStrategy {
    AtOnce(CamelContext context) {
        super(context);
        setTimeout(1);
        setLogInflightExchangesOnTimeout(false);
    }

    @Override
    public void shutdown(CamelContext context, List<RouteStartupOrder> routes) throws Exception {
        shutdownForced(context, routes);
    }
}
