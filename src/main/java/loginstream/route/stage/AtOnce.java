package loginstream.route.stage;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.engine.DefaultShutdownStrategy;
import org.apache.camel.spi.RouteStartupOrder;
import org.apache.camel.support.service.ServiceHelper;

/** Ends routes without waiting for what is in them: nobody wants to know any more, and a slow step is not worth a warning. */
final class AtOnce extends DefaultShutdownStrategy {
    AtOnce(CamelContext context) {
        super(context);
    }

    @Override
    public void shutdown(CamelContext context, List<RouteStartupOrder> routes) {
        routes.forEach(route -> ServiceHelper.stopAndShutdownServices(route.getInput()));
    }
}
