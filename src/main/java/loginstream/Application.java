package loginstream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.List;
import java.util.Properties;
import loginstream.config.Settings;
import loginstream.config.reading.InvalidSettingException;
import loginstream.console.Console;
import loginstream.delivery.ConsumingRoutes;
import loginstream.http.GuardedVertx;
import loginstream.metrics.LoginMetrics;
import loginstream.route.FailurePolicy;
import loginstream.route.trial.Probation;
import loginstream.route.trial.RecentRecords;
import loginstream.route.yaml.LiveReload;
import loginstream.route.yaml.RouteFiles;
import loginstream.route.yaml.YamlRoutes;
import loginstream.schema.TopicFormats;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/**
 * The pipeline as a Camel application: the beans, the routes in the form that is asked for, health and metrics, the
 * web console.
 */
public final class Application implements AutoCloseable {
    /** The promise is 30 seconds from signal to end. */
    private static final int SHUTDOWN_SECONDS = 20;

    /** Who uses the console need not have the right to read the topic. */
    private static final String HIDDEN =
            "not shown here, as loginstream.pii is not keep; the command dead-letters show tells it to"
                    + " whoever may read the topic";

    private final Settings settings;
    private final LoginMetrics metrics = new LoginMetrics();
    private final RecentRecords recent;
    private final TopicFormats formats;
    private final Probation probation;
    private final Main camel = new Main();
    private GuardedVertx vertx;
    private Traces traces = Traces.NONE;

    public Application(Settings settings) {
        this.settings = settings;
        this.recent = settings.rehearsal().recentRecords();
        this.formats = TopicFormats.of(settings.schema(), settings.topics());
        this.probation = new Probation(settings.probation(), metrics::stepFailureRate);
    }

    /** What is counted of the records. */
    public LoginMetrics metrics() {
        return metrics;
    }

    /** Null before the start. */
    public CamelContext context() {
        return camel.getCamelContext();
    }

    /**
     * Starts consuming.
     *
     * @throws InvalidSettingException if a setting cannot be used after all, e.g. a port that is taken
     * @throws Exception if a route is wrong
     */
    public void start() throws Exception {
        requireFreePorts();
        traces = Traces.of(settings);
        Properties properties = new Properties();
        properties.putAll(settings.forCamel());
        if (settings.console().enabled()) {
            properties.setProperty("camel.server.enabled", "true");
            properties.setProperty("camel.server.host", settings.console().host());
            properties.setProperty(
                    "camel.server.port", Integer.toString(settings.console().port()));
            properties.setProperty("camel.server.fileUploadEnabled", "false");
        }
        if (isReachable()) {
            vertx = new GuardedVertx();
            camel.bind("vertx", vertx);
        }
        camel.setShutdownStrategy(new SimpleMainShutdownStrategy()); // whoever starts this also stops it
        camel.setDefaultPropertyPlaceholderLocation("false");
        camel.setOverrideProperties(properties);
        camel.configure()
                .withName("loginstream")
                .withAutoConfigurationLogSummary(false)
                // One that stores may run beside another one, for which the environment is meant.
                .withAutoConfigurationEnvironmentVariablesEnabled(
                        !settings.sink().isStoring())
                .withAutoConfigurationSystemPropertiesEnabled(!settings.sink().isStoring())
                .withStreamCachingEnabled(false)
                .withShutdownTimeout(SHUTDOWN_SECONDS)
                .withShutdownLogInflightExchangesOnTimeout(false)
                .addConfiguration(new Wiring(settings, metrics, Clock.systemUTC(), recent, probation, formats, traces));
        LiveReload reload =
                switch (settings.routes().form()) {
                    case JAVA -> {
                        startJava();
                        yield null;
                    }
                    case YAML -> startYaml();
                };
        context().getRegistry().unbind("vertx"); // which is for no route to use
        if (settings.console().enabled()) {
            new Console(
                            settings.console(),
                            settings.clients(),
                            settings.topics(),
                            settings.sink().isStoring()
                                    ? settings.sink().name()
                                    : settings.topics().output(),
                            Staging.javaRoute(settings).getClass(),
                            metrics,
                            Clock.systemUTC(),
                            settings.pii().isKept() ? null : HIDDEN)
                    .open(context(), consumingRoutes(), reload);
        }
    }

    private void startJava() throws Exception {
        camel.configure().withRoutesBuilders(List.of(new FailurePolicy(), Staging.javaRoute(settings)));
        camel.start();
    }

    private LiveReload startYaml() throws Exception {
        YamlRoutes routes = Staging.yamlRoutes(settings, settings.routes().directory(), recent, formats.input());
        RouteFiles files = routes.load();
        camel.configure().withRoutesBuilders(List.of(files.builder()));
        camel.start();
        ConsumingRoutes consumingRoutes = consumingRoutes();
        return routes.watch(
                context(), files, probation, replacement -> consumingRoutes.replace(replacement::run), metrics);
    }

    private ConsumingRoutes consumingRoutes() {
        return context().getRegistry().lookupByNameAndType("consumingRoutes", ConsumingRoutes.class);
    }

    /** Whether anybody can ask it anything over HTTP. */
    private boolean isReachable() {
        return settings.console().enabled() || isManaged();
    }

    private boolean isManaged() {
        return Boolean.parseBoolean(settings.all().get("camel.management.enabled"));
    }

    /** Better told before anything runs than from inside an HTTP server. */
    private void requireFreePorts() {
        if (isManaged()) {
            requireFreePort("camel.management");
        }
        if (settings.console().enabled()) {
            requireFreePort("loginstream.console");
        }
    }

    private void requireFreePort(String server) {
        String host = settings.all().get(server + ".host");
        String port = settings.all().get(server + ".port");
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, Integer.parseInt(port)));
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidSettingException(
                    server + ".port=" + port + " cannot be used on " + host + ": " + e.getMessage());
        }
    }

    /** Finishes the batches in hand, commits, leaves the group. */
    @Override
    public void close() {
        camel.stop();
        traces.close();
        if (vertx != null) {
            vertx.close();
        }
    }
}
