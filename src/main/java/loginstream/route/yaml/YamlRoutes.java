package loginstream.route.yaml;

import java.nio.file.Path;
import java.util.List;
import loginstream.config.reading.InvalidSettingException;
import loginstream.metrics.LoginMetrics;
import loginstream.route.trial.Finding;
import loginstream.route.trial.HarmfulRoutesException;
import loginstream.route.trial.Rehearsal;
import loginstream.route.trial.UnusableRoutesException;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.support.FileWatcherResourceReloadStrategy;

/** The routes of the {@code *.camel.yaml} files in a directory, and their live reload. */
public final class YamlRoutes {
    private final RouteFolder folder;
    private final Rehearsal rehearsal;

    /**
     * @param rehearsal tries routes out
     */
    public YamlRoutes(Path directory, Rehearsal rehearsal) {
        this.folder = new RouteFolder(directory);
        this.rehearsal = rehearsal;
    }

    /**
     * The routes to start with, tried out.
     *
     * @throws InvalidSettingException if there are none, or they are wrong
     */
    public RouteFiles load() {
        RouteFiles files = folder.read();
        try {
            rehearsal.build(files.builder());
        } catch (UnusableRoutesException e) {
            throw unusable(e);
        }
        return files;
    }

    /**
     * What the routes of the files would do to logins that others pass.
     *
     * @return what harm; empty where they do none
     * @throws InvalidSettingException if there are none, or they cannot be built
     */
    public List<Finding> rehearse(RoutesBuilder others) throws InterruptedException {
        try {
            rehearsal.require(folder.read().builder(), others);
            return List.of();
        } catch (HarmfulRoutesException e) {
            return e.findings();
        } catch (UnusableRoutesException e) {
            throw unusable(e);
        }
    }

    private InvalidSettingException unusable(UnusableRoutesException e) {
        return new InvalidSettingException("the routes in " + folder + " cannot be used: " + e.getMessage());
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
                rehearsal,
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
