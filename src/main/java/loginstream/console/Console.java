package loginstream.console;

import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import loginstream.deadletter.redrive.Redriver;
import loginstream.deadletter.store.DeadLetterReader;
import loginstream.delivery.ConsumingRoutes;
import loginstream.kafka.ClientProperties;
import loginstream.kafka.Topics;
import loginstream.metrics.LoginMetrics;
import loginstream.route.yaml.LiveReload;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/** The web console of a running pipeline, on Camel's main HTTP server. */
public final class Console {
    /** Whoever asks for more at once waits, and keeps nobody else waiting: health has workers of its own. */
    private static final int WORKERS = 4;

    /** A pause waits for what is on its way, one after the other; before that it is no news in the log. */
    private static final int LONGEST_MINUTES = 10;

    private final ConsoleSettings settings;
    private final ClientProperties clients;
    private final Topics topics;
    private final String destination;
    private final Class<?> javaRoute;
    private final LoginMetrics metrics;
    private final Clock clock;
    private final String hidden;

    /**
     * @param destination where results go
     * @param javaRoute that runs where no YAML routes do
     * @param hidden what stands in the place of a dead letter's value; null where that may be shown
     */
    public Console(
            ConsoleSettings settings,
            ClientProperties clients,
            Topics topics,
            String destination,
            Class<?> javaRoute,
            LoginMetrics metrics,
            Clock clock,
            String hidden) {
        this.settings = settings;
        this.clients = clients;
        this.topics = topics;
        this.destination = destination;
        this.javaRoute = javaRoute;
        this.metrics = metrics;
        this.clock = clock;
        this.hidden = hidden;
    }

    /**
     * Opens it. Camel's server has to listen on the console's port already.
     *
     * @param reloadOrNull the live reload, where it is the YAML routes that run
     */
    public void open(CamelContext context, ConsumingRoutes consumingRoutes, LiveReload reloadOrNull) {
        VertxPlatformHttpRouter router =
                VertxPlatformHttpRouter.lookup(context, VertxPlatformHttpRouter.getRouterNameFromPort(settings.port()));
        PipelineStatus status = new PipelineStatus(
                topics.input() + " \u2192 " + destination,
                metrics,
                context,
                consumingRoutes,
                () -> reloadOrNull == null ? null : reloadOrNull.last(),
                clock);
        router.vertx().setPeriodic(PipelineStatus.STEP_MILLIS, timer -> status.takeReading());
        ExecutorService background = context.getExecutorServiceManager().newSingleThreadExecutor(this, "redrive");
        ConsoleApi api = new ConsoleApi(
                status,
                consumingRoutes,
                () -> RouteSource.of(reloadOrNull, javaRoute),
                new DeadLetterReader(clients, topics),
                new BackgroundRedrive(new Redriver(clients, topics, clock), topics.input(), background),
                hidden);
        WorkerExecutor workers =
                router.vertx().createSharedWorkerExecutor("console", WORKERS, LONGEST_MINUTES, TimeUnit.MINUTES);
        new ConsoleHttp(settings, api, workers).mount(router);
    }
}
