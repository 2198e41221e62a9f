package loginstream.route.stage;

import java.util.function.Predicate;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;

/** Starts only some of the routes of a context: those that records can get into there. */
public final class StartOnly extends ModelLifecycleStrategySupport {
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
        String from = route.getCamelContext()
                .resolvePropertyPlaceholders(route.getInput().getEndpointUri());
        if (!froms.test(from)) {
            route.setAutoStartup("false");
        }
    }
}
