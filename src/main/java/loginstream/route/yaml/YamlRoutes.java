package loginstream.route.yaml;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import loginstream.config.reading.InvalidSettingException;
import loginstream.metrics.LoginMetrics;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.support.FileWatcherResourceReloadStrategy;

/** The routes of the {@code *.camel.yaml} files in a directory, and their live reload. */
public final class YamlRoutes {
    private final RouteFolder folder;
    private final TrialBuild trial;

    /**
     * @param properties that the routes may refer to
     * @param beans makes what the routes refer to; asked for each time that routes are tried out
     */
    public YamlRoutes(Path directory, Map<String, String> properties, Supplier<CamelConfiguration> beans) {
        this.folder = new RouteFolder(directory);
        this.trial = new TrialBuild(properties, beans);
    }

    /**
     * The routes to start with, tried out.
     *
     * @throws InvalidSettingException if there are none, or they are wrong
     */
    public RouteFiles load() {
        RouteFiles files = folder.read();
        try {
            trial.build(files);
        } catch (UnusableRoutesException e) {
            throw new InvalidSettingException("the routes in " + folder + " cannot be used: " + e.getMessage());
        }
        return files;
    }

    /**
     * Reloads the routes of a running context whenever a file changes.
     *
     * @param running what {@link #load} has given, and the context runs
     */
    public LiveReload watch(CamelContext context, RouteFiles running, Exclusively exclusively, LoginMetrics metrics)
            throws Exception {
        LiveReload reload = new LiveReload(
                folder,
                trial,
                running,
                new RunningRoutes(context, exclusively),
                metrics,
                context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "live-reload"));
        FileWatcherResourceReloadStrategy watcher = new FileWatcherResourceReloadStrategy(folder.toString());
        watcher.setFileFilter(file -> RouteFolder.isRouteFile(file.getName()));
        watcher.setResourceReload((name, resource) -> reload.filesChanged());
        context.addService(watcher);
        return reload;
    }
}
