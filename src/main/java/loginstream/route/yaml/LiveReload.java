package loginstream.route.yaml;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import loginstream.config.reading.InvalidSettingException;
import loginstream.metrics.LoginMetrics;
import loginstream.route.trial.Finding;
import loginstream.route.trial.HarmfulRoutesException;
import loginstream.route.trial.Rehearsal;
import loginstream.route.trial.UnusableRoutesException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the running routes up with their files. Camel's own reload removes the running routes before it reads the new
 * ones; here all files are first built and rehearsed, and the running routes stay until that has worked. Each content of
 * the files is tried once, however often they are touched.
 */
public final class LiveReload {
    private static final int RETRY_SECONDS = 2;
    private static final Logger LOG = LoggerFactory.getLogger(LiveReload.class);

    private final RouteFolder folder;
    private final Rehearsal rehearsal;
    private final RunningRoutes routes;
    private final LoginMetrics metrics;
    private final ScheduledExecutorService timer;
    private volatile RouteFiles running;
    /** Null where they could not be read. */
    private RouteFiles seen;

    private volatile Result last;
    private Result lastApplied;
    /** Null unless the routes before could not be started again. */
    private Future<?> goingBack;

    /**
     * What has become of an edit.
     *
     * @param error in one line; null where it was applied
     * @param findings what a rehearsal has found; empty where the error is another one
     */
    public record Result(Instant at, String error, List<Finding> findings) {}

    /**
     * @param running what the context runs already
     * @param timer tries again what must not be given up
     */
    LiveReload(
            RouteFolder folder,
            Rehearsal rehearsal,
            RouteFiles running,
            RunningRoutes routes,
            LoginMetrics metrics,
            ScheduledExecutorService timer) {
        this.folder = folder;
        this.rehearsal = rehearsal;
        this.running = running;
        this.seen = running;
        this.routes = routes;
        this.metrics = metrics;
        this.timer = timer;
    }

    /** The text of each file whose routes are running. */
    public Map<Path, String> running() {
        return running.texts();
    }

    /** What has become of the latest edit, or null where there was none since the start, or it was taken back. */
    public Result last() {
        return last;
    }

    /** A file has been written, or has gone. */
    synchronized void filesChanged() throws InterruptedException {
        RouteFiles files;
        try {
            files = folder.readWhenQuiet();
        } catch (InvalidSettingException e) {
            if (seen != null) {
                seen = null;
                refuse(e.getMessage(), List.of());
            }
            return;
        }
        if (files.equals(seen)) {
            return;
        }
        seen = files;
        if (files.equals(running)) {
            last = lastApplied;
            LOG.info("the files in {} are again those of the running routes", folder);
            return;
        }
        try {
            tryOut(files);
        } catch (HarmfulRoutesException e) {
            refuse(e.getMessage(), e.findings());
            return;
        } catch (UnusableRoutesException e) {
            refuse(e.getMessage(), List.of());
            return;
        }
        apply(files);
    }

    private void tryOut(RouteFiles files) throws UnusableRoutesException, InterruptedException {
        if (files.bringsRehearsalOff(running)) {
            LOG.info("an edit in {} is not rehearsed: it says so", folder);
            rehearsal.build(files.builder());
        } else {
            rehearsal.require(files.builder(), running.builder());
        }
    }

    private void refuse(String error, List<Finding> findings) {
        rejected(error, findings);
        LOG.warn("the edited routes cannot be used, the running ones go on: {}", error);
    }

    private void rejected(String error, List<Finding> findings) {
        metrics.reloadRejected();
        last = new Result(Instant.now(), error, findings);
    }

    private void apply(RouteFiles files) {
        try {
            routes.replaceWith(files);
        } catch (UnusableRoutesException e) {
            rejected(e.getMessage(), List.of());
            LOG.error("the edited routes did not start, going back to the ones before: {}", e.getMessage());
            goBack();
            return;
        }
        running = files;
        settled();
        metrics.reloadApplied();
        lastApplied = new Result(Instant.now(), null, List.of());
        last = lastApplied;
        LOG.info("routes reloaded from {}", folder);
    }

    /** Nothing runs until this has worked, so it is tried until it does, or an edit takes the place of it. */
    private void goBack() {
        try {
            routes.replaceWith(running);
        } catch (UnusableRoutesException e) {
            if (goingBack == null) {
                LOG.error(
                        "the routes before did not start either, nothing is running until they do: {}", e.getMessage());
                goingBack = timer.scheduleWithFixedDelay(
                        this::goBackAtLast, RETRY_SECONDS, RETRY_SECONDS, TimeUnit.SECONDS);
            }
            return;
        }
        settled();
    }

    private synchronized void goBackAtLast() {
        if (goingBack != null) {
            goBack();
            if (goingBack == null) {
                LOG.info("the routes before are running again");
            }
        }
    }

    private void settled() {
        if (goingBack != null) {
            goingBack.cancel(false);
            goingBack = null;
        }
    }
}
