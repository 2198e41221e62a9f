package loginstream.route.stage;

import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts only some of the routes of a context: those that records can get into there. */
public final class StartOnly extends ModelLifecycleStrategySupport {
    private static final Logger LOG = LoggerFactory.getLogger(StartOnly.class);

    private final CamelContext context;
    private final Predicate<String> froms;

    private StartOnly(CamelContext context, Predicate<String> froms) {
        this.context = context;
        this.froms = froms;
    }

    /** Those whose input's URI is one of these, and those that other routes call. */
    public static StartOnly from(CamelContext context, Predicate<String> uris) {
        return new StartOnly(context, uris.or(StandIn::isHarmless));
    }

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        try {
            // The route itself does not know its context yet where it comes from a template or a service.
            String from = context.resolvePropertyPlaceholders(route.getInput().getEndpointUri());
            if (!froms.test(from)) {
                route.setAutoStartup("false");
            }
        } catch (IllegalArgumentException e) {
            LOG.debug("a key is not there: Camel tells of it, with the place, when it builds the route", e);
        }
    }
}
