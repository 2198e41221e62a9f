package loginstream.delivery;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.component.kafka.KafkaConsumer;

/**
 * Pauses and resumes all routes that consume from Kafka. A paused consumer keeps its place in the group and its
 * partitions; what the route has finished is committed, and nothing further is handed to it.
 */
public final class Intake {
    private final CamelContext context;

    public Intake(CamelContext context) {
        this.context = context;
    }

    /** Something that puts other routes in the place of the running ones. */
    @FunctionalInterface
    public interface Replacement {
        void run() throws Exception;
    }

    /** Whether routes consume from Kafka, but each of them is suspended or stopped. */
    public boolean isPaused() {
        return isPaused(context);
    }

    static boolean isPaused(CamelContext context) {
        List<Route> consuming = consuming(context);
        return context.isStarted()
                && !consuming.isEmpty()
                && consuming.stream().allMatch(route -> {
                    ServiceStatus status = status(context, route);
                    return status.isSuspended() || status.isStopped();
                });
    }

    /**
     * Suspends the routes; what they have in hand is finished first.
     *
     * @throws Exception if Camel cannot suspend one
     */
    public synchronized void pause() throws Exception {
        for (Route route : consuming(context)) {
            if (status(context, route).isStarted()) {
                context.getRouteController().suspendRoute(route.getRouteId());
            }
        }
    }

    /**
     * Lets the routes go on.
     *
     * @throws Exception if one does not start, as may be after an edit while it was paused
     */
    public synchronized void resume() throws Exception {
        // The others first: those that consume may call them.
        for (Route route : List.copyOf(context.getRoutes())) {
            if (!isConsuming(route)) {
                start(route);
            }
        }
        for (Route route : consuming(context)) {
            start(route);
        }
    }

    private void start(Route route) throws Exception {
        if (!status(context, route).isStarted() && !Boolean.FALSE.equals(route.isAutoStartup())) {
            context.getRouteController().resumeRoute(route.getRouteId());
        }
    }

    /**
     * Runs this with no pause or resume in between. Where the routes are paused, those that it adds are not started
     * until they are resumed.
     *
     * @throws Exception as the replacement does
     */
    public synchronized void replace(Replacement replacement) throws Exception {
        boolean starting = !isPaused();
        Boolean before = context.isAutoStartup();
        context.setAutoStartup(starting);
        try {
            replacement.run();
        } finally {
            context.setAutoStartup(before);
        }
    }

    private static List<Route> consuming(CamelContext context) {
        return context.getRoutes().stream().filter(Intake::isConsuming).toList();
    }

    private static boolean isConsuming(Route route) {
        return route.getConsumer() instanceof KafkaConsumer;
    }

    private static ServiceStatus status(CamelContext context, Route route) {
        ServiceStatus status = context.getRouteController().getRouteStatus(route.getRouteId());
        return status == null ? ServiceStatus.Stopped : status;
    }
}
