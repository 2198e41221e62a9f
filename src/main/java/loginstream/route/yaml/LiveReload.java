package loginstream.route.yaml;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import loginstream.metrics.LoginMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the running routes up with their files. Camel's own reload removes the running routes before it reads the new
 * ones; here all files are first tried out, and the running routes stay until that has worked.
 */
public final class LiveReload {
    private static final Logger LOG = LoggerFactory.getLogger(LiveReload.class);

    private final RouteFolder folder;
    private final TrialBuild trial;
    private final RunningRoutes routes;
    private final LoginMetrics metrics;
    private RouteFiles rejected;
    private volatile RouteFiles running;
    private volatile Result last;

    /**
     * What has become of an edit.
     *
     * @param error in one line; null where it was applied
     */
    public record Result(Instant at, String error) {}

    LiveReload(RouteFolder folder, TrialBuild trial, RouteFiles running, RunningRoutes routes, LoginMetrics metrics) {
        this.folder = folder;
        this.trial = trial;
        this.running = running;
        this.routes = routes;
        this.metrics = metrics;
    }

    /** The text of each file whose routes are running. */
    public Map<Path, String> running() {
        return running.texts();
    }

    /** What has become of the latest edit, or null where there was none since the start. */
    public Result last() {
        return last;
    }

    /** A file has been written, or has gone. */
    synchronized void filesChanged() throws InterruptedException {
        RouteFiles changed = null;
        try {
            changed = folder.readWhenQuiet();
            if (changed.equals(running) || changed.equals(rejected)) {
                return;
            }
            trial.build(changed);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            rejected = changed;
            rejected(e);
            LOG.warn("the edited routes cannot be used, the running ones go on: {}", Reason.of(e));
            return;
        }
        try {
            routes.replaceWith(changed);
            running = changed;
            metrics.reloadApplied();
            last = new Result(Instant.now(), null);
            LOG.info("routes reloaded from {}", folder);
        } catch (Exception e) {
            rejected(e);
            LOG.error("the edited routes did not start, going back to the ones before: {}", Reason.of(e));
            goBack();
        }
    }

    private void rejected(Exception reason) {
        metrics.reloadRejected();
        last = new Result(Instant.now(), Reason.of(reason));
    }

    private void goBack() {
        try {
            routes.replaceWith(running);
        } catch (Exception e) {
            LOG.error("the routes before did not start either, nothing is running now: {}", Reason.of(e));
        }
    }
}
