package loginstream.console;

import java.time.Clock;
import java.util.concurrent.ExecutorService;
import loginstream.config.Settings;
import loginstream.deadletter.redrive.Redriver;
import loginstream.deadletter.store.DeadLetterReader;
import loginstream.delivery.ConsumingRoutes;
import loginstream.metrics.LoginMetrics;
import loginstream.route.YamlRoutes;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/** The web console of a running pipeline, on Camel's main HTTP server. */
public final class Console {
    private final Settings settings;
    private final LoginMetrics metrics;
    private final Clock clock;

    public Console(Settings settings, LoginMetrics metrics, Clock clock) {
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Opens it. Camel's server has to listen on the console's port already.
     *
     * @param yamlOrNull the YAML routes, where it is those that run
     */
    public void open(CamelContext context, ConsumingRoutes consumingRoutes, YamlRoutes yamlOrNull) {
        VertxPlatformHttpRouter router = VertxPlatformHttpRouter.lookup(
                context,
                VertxPlatformHttpRouter.getRouterNameFromPort(settings.console().port()));
        Observatory observatory = new Observatory(
                metrics, context, consumingRoutes, () -> yamlOrNull == null ? null : yamlOrNull.lastReload(), clock);
        router.vertx().setPeriodic(Observatory.STEP_MILLIS, timer -> observatory.remember());
        ExecutorService background = context.getExecutorServiceManager().newSingleThreadExecutor(this, "redrive");
        ConsoleApi api = new ConsoleApi(
                observatory,
                consumingRoutes,
                () -> RouteSource.of(yamlOrNull),
                new DeadLetterReader(settings),
                new RedriveDesk(new Redriver(settings, clock), settings.topics().input(), background));
        new ConsoleHttp(settings.console(), api).mount(router);
    }
}
