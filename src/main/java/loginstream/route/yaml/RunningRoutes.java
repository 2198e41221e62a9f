package loginstream.route.yaml;

import java.util.List;
import java.util.Optional;
import loginstream.route.trial.FailureReport;
import loginstream.route.trial.UnusableRoutesException;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;

/** Puts other routes in the place of all that a context has. */
final class RunningRoutes {
    private final CamelContext context;
    private final Model model;
    private final Exclusively exclusively;

    RunningRoutes(CamelContext context, Exclusively exclusively) {
        this.context = context;
        this.model = context.getCamelContextExtension().getContextPlugin(Model.class);
        this.exclusively = exclusively;
    }

    /**
     * Stops and removes the routes that there are, and starts these.
     *
     * @throws UnusableRoutesException if one does not start; then there may be some of these and none of the ones before
     */
    void replaceWith(RouteFiles files) throws UnusableRoutesException {
        try {
            exclusively.run(() -> replace(files));
        } catch (Exception e) {
            throw new UnusableRoutesException(new FailureReport(context).of(e, firstThatDoesNotRun()), e);
        }
    }

    private void replace(RouteFiles files) throws Exception {
        // By their definitions: a route that could not be created or started is not among the context's routes.
        model.removeRouteDefinitions(List.copyOf(model.getRouteDefinitions()));
        for (RouteConfigurationDefinition old : List.copyOf(model.getRouteConfigurationDefinitions())) {
            model.removeRouteConfiguration(old);
        }
        files.builder().updateRoutesToCamelContext(context);
    }

    /** Camel starts one after the other, and where one does not start it does not tell which. */
    private Optional<FromDefinition> firstThatDoesNotRun() {
        return model.getRouteDefinitions().stream()
                .filter(route -> !isRunning(route.getRouteId()))
                .map(RouteDefinition::getInput)
                .findFirst();
    }

    private boolean isRunning(String routeId) {
        Route route = context.getRoute(routeId);
        return route != null
                && (Boolean.FALSE.equals(route.isAutoStartup())
                        || context.getRouteController().getRouteStatus(routeId).isStarted());
    }
}
