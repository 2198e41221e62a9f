package loginstream.route.yaml;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteConfigurationDefinition;

/** Puts other routes in the place of all that a context has. */
final class RunningRoutes {
    private final CamelContext context;
    private final Exclusively exclusively;

    RunningRoutes(CamelContext context, Exclusively exclusively) {
        this.context = context;
        this.exclusively = exclusively;
    }

    /**
     * Stops and removes the routes that there are, and starts these.
     *
     * @throws Exception if one does not start; then there may be some of these and none of the ones before
     */
    void replaceWith(RouteFiles files) throws Exception {
        exclusively.run(() -> replace(files));
    }

    private void replace(RouteFiles files) throws Exception {
        for (Route route : List.copyOf(context.getRoutes())) {
            context.getRouteController().stopRoute(route.getRouteId());
            context.removeRoute(route.getRouteId());
        }
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        for (RouteConfigurationDefinition old : List.copyOf(model.getRouteConfigurationDefinitions())) {
            model.removeRouteConfiguration(old);
        }
        files.builder().updateRoutesToCamelContext(context);
    }
}
