package loginstream.route.stage;

import java.util.function.Predicate;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts only some of the routes of a context: those that records can get into there. */
public final class StartOnly extends ModelLifecycleStrategySupport {
    private static final Logger LOG = LoggerFactory.getLogger(StartOnly.class);

    private final Predicate<String> froms;

    private StartOnly(Predicate<String> froms) {
        this.froms = froms;
    }

    /** Those whose input's URI is one of these, and those that other routes call. */
    public static StartOnly from(Predicate<String> uris) {
        return new StartOnly(uris.or(StandIn::isHarmless));
    }

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        try {
            String from = route.getCamelContext()
                    .resolvePropertyPlaceholders(route.getInput().getEndpointUri());
            if (!froms.test(from)) {
                route.setAutoStartup("false");
            }
        } catch (IllegalArgumentException e) {
            LOG.debug("a key is not there: Camel tells of it, with the place, when it builds the route", e);
        }
    }
}
