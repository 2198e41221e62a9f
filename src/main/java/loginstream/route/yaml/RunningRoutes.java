package loginstream.route.yaml;

import java.util.List;
import java.util.Optional;
import loginstream.route.stage.FailureReport;
import loginstream.route.stage.UnusableRoutesException;
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
     * @param between is run when none of the ones before handles anything any more, and none of these yet
     * @throws UnusableRoutesException if one does not start; then there may be some of these and none of the ones before
     */
    void replaceWith(RouteFiles files, Runnable between) throws UnusableRoutesException {
        try {
            exclusively.run(() -> replace(files, between));
        } catch (Exception e) {
            throw new UnusableRoutesException(new FailureReport(context).of(e, firstThatDoesNotRun()), e);
        }
    }

    private void replace(RouteFiles files, Runnable between) throws Exception {
        // By their definitions: a route that could not be created or started is not among the context's routes.
        model.removeRouteDefinitions(List.copyOf(model.getRouteDefinitions()));
        for (RouteConfigurationDefinition old : List.copyOf(model.getRouteConfigurationDefinitions())) {
            model.removeRouteConfiguration(old);
        }
        between.run();
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
