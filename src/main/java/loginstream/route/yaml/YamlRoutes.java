package loginstream.route.yaml;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import loginstream.config.reading.InvalidSettingException;
import loginstream.metrics.LoginMetrics;
import loginstream.route.stage.UnusableRoutesException;
import loginstream.route.trial.Finding;
import loginstream.route.trial.HarmfulRoutesException;
import loginstream.route.trial.Probation;
import loginstream.route.trial.Rehearsal;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes of the {@code *.camel.yaml} files in a directory, and their live reload. */
public final class YamlRoutes {
    private static final int LOOK_MILLIS = 500;
    private static final Logger LOG = LoggerFactory.getLogger(YamlRoutes.class);

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

    /** Whether a file says that it is not to be rehearsed. */
    public boolean sayRehearsalOff() {
        return folder.read().sayRehearsalOff();
    }

    /**
     * What the routes of the files would do to logins that others pass. Harm is looked for a second time: in a process that
     * has just begun everything is slow once.
     *
     * @return what harm; empty where they do none
     * @throws InvalidSettingException if there are none, or they cannot be built
     */
    public List<Finding> rehearse(RoutesBuilder others) throws InterruptedException {
        return harm(others).isEmpty() ? List.of() : harm(others);
    }

    private List<Finding> harm(RoutesBuilder others) throws InterruptedException {
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
     * Reloads the routes of a running context whenever a file changes. Files are looked at twice a second: events of the
     * file system tell neither of links that are swapped, as Kubernetes does with a ConfigMap, nor of a folder that was
     * away, nor of what comes over a network.
     *
     * @param running what {@link #load} has given, and the context runs
     * @param probation of edits that have gone live
     */
    public LiveReload watch(
            CamelContext context,
            RouteFiles running,
            Probation probation,
            Exclusively exclusively,
            LoginMetrics metrics) {
        ScheduledExecutorService timer =
                context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "live-reload");
        LiveReload reload = new LiveReload(
                folder, rehearsal, probation, running, new RunningRoutes(context, exclusively), metrics, timer);
        timer.scheduleWithFixedDelay(() -> look(reload), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return reload;
    }

    /** Whatever goes wrong, the next edit is to be seen. */
    private static void look(LiveReload reload) {
        try {
            reload.look();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("the edited routes could not be tried out", e);
        }
    }
}
