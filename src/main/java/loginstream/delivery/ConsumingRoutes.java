package loginstream.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.component.kafka.KafkaConsumer;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pauses and resumes all routes that consume from Kafka. A paused consumer keeps its place in the group and its
 * partitions; what the route has finished is committed, and nothing further is handed to it.
 */
public final class ConsumingRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumingRoutes.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration TOLD_AGAIN = Duration.ofSeconds(2);

    private final CamelContext context;
    private final LoginClientFactory clients;
    /** Set by {@link #pause}: then routes that are stopped are so because they were edited meanwhile. */
    private volatile boolean held;

    /**
     * @param clients holds the consumers, and tells when they have come to rest
     */
    public ConsumingRoutes(CamelContext context, LoginClientFactory clients) {
        this.context = context;
        this.clients = clients;
    }

    /** Something that puts other routes in the place of the running ones. */
    @FunctionalInterface
    public interface Replacement {
        void run() throws Exception;
    }

    /** Whether it is suspended, all that was done is committed, and nothing more is processed. */
    public boolean isPaused() {
        return isSuspended() && isResting();
    }

    /** Whether routes consume from Kafka, but none of them the input. */
    boolean areAllPlain() {
        List<Route> consuming = consuming();
        return !consuming.isEmpty() && consuming.stream().noneMatch(this::isForLogins);
    }

    /** Whether nothing is processed any more, once the routes were suspended. */
    private boolean isResting() {
        return clients.isResting()
                && consuming().stream().filter(route -> !isForLogins(route)).allMatch(ConsumingRoutes::isAtRest);
    }

    private static boolean isAtRest(Route plain) {
        return ((KafkaConsumer) plain.getConsumer()).isKafkaPaused();
    }

    /** Whether routes consume from Kafka, but each of them is suspended, or was put in the place of one that was. */
    public boolean isSuspended() {
        List<Route> consuming = consuming();
        return context.isStarted()
                && !consuming.isEmpty()
                && consuming.stream()
                        .map(this::status)
                        .allMatch(status -> status.isSuspended() || held && status.isStopped());
    }

    /**
     * Suspends the routes; what they have in hand is finished first. When this returns, nothing more is processed. Camel
     * tells a consumer only after its next poll, so that is waited for, but not for longer than some seconds: a route that
     * hangs in a step must not make this hang.
     *
     * @throws Exception if Camel cannot suspend one; then everything is as it was before
     */
    public synchronized void pause() throws Exception {
        boolean before = held;
        hold(true);
        List<Route> suspended = new ArrayList<>();
        try {
            for (Route route : consuming()) {
                if (status(route).isStarted()) {
                    context.getRouteController().suspendRoute(route.getRouteId());
                    suspended.add(route);
                }
            }
        } catch (Exception e) {
            hold(before);
            goOn(suspended, e);
            throw e;
        }
        long begun = System.nanoTime();
        while (!awaitRest() && System.nanoTime() - begun < PATIENCE.toNanos()) {
            suspendAgain();
        }
        LOG.info(isResting() ? "paused" : "paused; what is in a step is still waited for");
    }

    private boolean awaitRest() throws InterruptedException {
        long begun = System.nanoTime();
        while (!isResting() && System.nanoTime() - begun < TOLD_AGAIN.toNanos()) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return isResting();
    }

    /** A consumer of Camel that is told to pause in the moment it takes up a resume forgets the pause. */
    private void suspendAgain() throws Exception {
        for (Route route : consuming()) {
            if (!isForLogins(route) && status(route).isSuspended() && !isAtRest(route)) {
                context.getRouteController().resumeRoute(route.getRouteId());
                context.getRouteController().suspendRoute(route.getRouteId());
            }
        }
    }

    private void hold(boolean hold) {
        held = hold;
        clients.hold(hold);
    }

    private void goOn(List<Route> suspended, Exception because) {
        for (Route route : suspended) {
            try {
                context.getRouteController().resumeRoute(route.getRouteId());
            } catch (Exception e) {
                because.addSuppressed(e);
            }
        }
    }

    /**
     * Lets the routes go on.
     *
     * @throws Exception if one does not start, as may be after an edit while it was paused
     */
    public synchronized void resume() throws Exception {
        clients.hold(false);
        // The others first: those that consume may call them.
        for (Route route : List.copyOf(context.getRoutes())) {
            if (!isConsuming(route)) {
                start(route);
            }
        }
        for (Route route : consuming()) {
            start(route);
        }
        held = false;
        LOG.info("resumed");
    }

    private void start(Route route) throws Exception {
        if (!status(route).isStarted() && !Boolean.FALSE.equals(route.isAutoStartup())) {
            if (isForLogins(route) && clients.consumers().isEmpty()) { // one that failed while it was suspended is gone
                context.getRouteController().stopRoute(route.getRouteId());
                context.getRouteController().startRoute(route.getRouteId());
            } else {
                context.getRouteController().resumeRoute(route.getRouteId());
            }
        }
    }

    /**
     * Runs this with no pause or resume in between. Where the routes are paused, those that it adds are not started
     * until they are resumed.
     *
     * @throws Exception as the replacement does
     */
    public synchronized void replace(Replacement replacement) throws Exception {
        boolean starting = !isSuspended();
        Boolean before = context.isAutoStartup();
        context.setAutoStartup(starting);
        try {
            replacement.run();
        } finally {
            context.setAutoStartup(before);
        }
    }

    private List<Route> consuming() {
        return context.getRoutes().stream().filter(ConsumingRoutes::isConsuming).toList();
    }

    private static boolean isConsuming(Route route) {
        return route.getConsumer() instanceof KafkaConsumer;
    }

    private boolean isForLogins(Route route) {
        return isConsuming(route) && ((KafkaEndpoint) route.getEndpoint()).getKafkaClientFactory() == clients;
    }

    private ServiceStatus status(Route route) {
        ServiceStatus status = context.getRouteController().getRouteStatus(route.getRouteId());
        return status == null ? ServiceStatus.Stopped : status;
    }
}
