package loginstream.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import loginstream.Wiring;
import loginstream.config.InvalidSettingException;
import loginstream.config.Settings;
import loginstream.delivery.Intake;
import loginstream.kafka.Reason;
import loginstream.metrics.LoginMetrics;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.FileWatcherResourceReloadStrategy;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes of the {@code *.camel.yaml} files in a directory, and their live reload. Camel's own reload removes the
 * running routes before it reads the new ones; here all files are first tried out in a context of their own, and the
 * running routes stay until that has worked.
 */
public final class YamlRoutes {
    private static final String SUFFIX = ".camel.yaml";
    private static final int QUIET_MILLIS = 100;
    private static final Logger LOG = LoggerFactory.getLogger(YamlRoutes.class);

    private final Settings settings;
    private final LoginMetrics metrics;
    private final Path directory;
    private Map<Path, String> rejected;
    private volatile Map<Path, String> running;
    private volatile Reload lastReload;

    /**
     * An edit that was taken note of.
     *
     * @param error in one line; null where it was applied
     */
    public record Reload(Instant at, String error) {}

    public YamlRoutes(Settings settings, LoginMetrics metrics) {
        this.settings = settings;
        this.metrics = metrics;
        this.directory = settings.routes().directory();
    }

    /**
     * The routes to start with.
     *
     * @throws InvalidSettingException if there are none, or they are wrong
     */
    public RoutesBuilder initial() {
        running = read();
        try {
            tryOut(running);
        } catch (Exception e) {
            throw new InvalidSettingException("the routes in " + directory + " cannot be used: " + Reason.message(e));
        }
        List<Resource> resources = resources(running);
        return new RoutesBuilder() {
            @Override
            public void addRoutesToCamelContext(CamelContext context) throws Exception {
                PluginHelper.getRoutesLoader(context).loadRoutes(resources);
            }

            @Override
            public void addTemplatedRoutesToCamelContext(CamelContext context) {}

            @Override
            public java.util.Set<String> updateRoutesToCamelContext(CamelContext context) throws Exception {
                return PluginHelper.getRoutesLoader(context).updateRoutes(resources);
            }
        };
    }

    /** The text of each file whose routes are running. */
    public Map<Path, String> running() {
        return running;
    }

    /** The latest edit, or null where there was none since the start. */
    public Reload lastReload() {
        return lastReload;
    }

    /**
     * Reloads the routes of a running context whenever a file changes.
     *
     * @param intake of that context; where it is paused, it stays so
     */
    public void watch(CamelContext context, Intake intake) throws Exception {
        FileWatcherResourceReloadStrategy watcher = new FileWatcherResourceReloadStrategy(directory.toString());
        watcher.setFileFilter(file -> file.getName().endsWith(SUFFIX));
        watcher.setResourceReload((name, resource) -> reload(context, intake));
        context.addService(watcher);
    }

    private synchronized void reload(CamelContext context, Intake intake) throws InterruptedException {
        Map<Path, String> changed = null;
        try {
            changed = readWhenQuiet();
            if (changed.equals(running) || changed.equals(rejected)) {
                return;
            }
            tryOut(changed);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            rejected = changed;
            rejected(e);
            LOG.warn("the edited routes cannot be used, the running ones go on: {}", Reason.message(e));
            return;
        }
        try {
            replace(context, intake, changed);
            running = changed;
            metrics.reloadApplied();
            lastReload = new Reload(Instant.now(), null);
            LOG.info("routes reloaded from {}", directory);
        } catch (Exception e) {
            rejected(e);
            LOG.error("the edited routes did not start, going back to the ones before: {}", Reason.message(e));
            goBack(context, intake);
        }
    }

    private void rejected(Exception reason) {
        metrics.reloadRejected();
        lastReload = new Reload(Instant.now(), Reason.message(reason));
    }

    private void goBack(CamelContext context, Intake intake) {
        try {
            replace(context, intake, running);
        } catch (Exception e) {
            LOG.error("the routes before did not start either, nothing is running now: {}", Reason.message(e));
        }
    }

    /** An editor may empty a file before it fills it. */
    private Map<Path, String> readWhenQuiet() throws InterruptedException {
        Map<Path, String> sources = read();
        while (true) {
            TimeUnit.MILLISECONDS.sleep(QUIET_MILLIS);
            Map<Path, String> again = read();
            if (again.equals(sources)) {
                return again;
            }
            sources = again;
        }
    }

    private Map<Path, String> read() {
        Map<Path, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.getFileName().toString().endsWith(SUFFIX)) {
                    sources.put(file, Files.readString(file));
                }
            }
        } catch (IOException e) {
            throw new InvalidSettingException(
                    "loginstream.routes.directory=" + directory + " cannot be read: " + Reason.message(e));
        }
        if (sources.isEmpty()) {
            throw new InvalidSettingException(
                    "loginstream.routes.directory=" + directory + " cannot be used: it holds no *" + SUFFIX);
        }
        return sources;
    }

    /** Builds everything but does not start it: unknown steps, beans, options and placeholders show. */
    private void tryOut(Map<Path, String> sources) throws Exception {
        CamelContext scratch = new DefaultCamelContext();
        try {
            Properties properties = new Properties();
            properties.putAll(settings.all());
            scratch.getPropertiesComponent().setOverrideProperties(properties);
            scratch.setAutoStartup(false);
            new Wiring(settings, new LoginMetrics(), Clock.systemUTC()).configure(scratch);
            PluginHelper.getRoutesLoader(scratch).loadRoutes(resources(sources));
            scratch.start();
            if (scratch.getRoutes().isEmpty()) {
                throw new IllegalArgumentException("there is no route in them");
            }
        } finally {
            scratch.stop();
        }
    }

    private static void replace(CamelContext context, Intake intake, Map<Path, String> sources) throws Exception {
        intake.replace(() -> replace(context, sources));
    }

    private static void replace(CamelContext context, Map<Path, String> sources) throws Exception {
        for (Route route : List.copyOf(context.getRoutes())) {
            context.getRouteController().stopRoute(route.getRouteId());
            context.removeRoute(route.getRouteId());
        }
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        for (RouteConfigurationDefinition old : List.copyOf(model.getRouteConfigurationDefinitions())) {
            model.removeRouteConfiguration(old);
        }
        PluginHelper.getRoutesLoader(context).updateRoutes(resources(sources));
    }

    private static List<Resource> resources(Map<Path, String> sources) {
        List<Resource> resources = new ArrayList<>();
        sources.forEach((file, text) -> resources.add(ResourceHelper.fromString("file:" + file, text)));
        return resources;
    }
}
