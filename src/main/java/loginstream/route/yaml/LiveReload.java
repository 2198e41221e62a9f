package loginstream.route.yaml;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import loginstream.config.reading.InvalidSettingException;
import loginstream.metrics.LoginMetrics;
import loginstream.route.stage.UnusableRoutesException;
import loginstream.route.trial.Finding;
import loginstream.route.trial.HarmfulRoutesException;
import loginstream.route.trial.Probation;
import loginstream.route.trial.Rehearsal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the running routes up with their files. Camel's own reload removes the running routes before it reads the new
 * ones; here all files are first built and rehearsed, and the running routes stay until that has worked. Each content of
 * the files is tried once, however often they are touched.
 */
public final class LiveReload {
    private static final int RETRY_SECONDS = 2;
    /** Who puts one file in the place of another may take the old one away first. */
    private static final int MOST_MISSED = 3;

    private static final Logger LOG = LoggerFactory.getLogger(LiveReload.class);

    private final RouteFolder folder;
    private final Rehearsal rehearsal;
    private final Probation probation;
    private final RunningRoutes routes;
    private final LoginMetrics metrics;
    private final ScheduledExecutorService timer;
    private volatile RouteFiles running;
    /** What an edit on probation gives way to. */
    private RouteFiles before;
    /** The last ones that have passed their probation: what those give way to if they are still on it themselves. */
    private RouteFiles proven;
    /** Null where they could not be read. */
    private RouteFiles seen;
    /** How often in a row there was nothing to be read. */
    private int missed;

    private volatile Result last;
    private Result lastApplied;
    /** Null unless the routes before could not be started again. */
    private Future<?> goingBack;

    /**
     * What has become of an edit.
     *
     * @param takenBack whether it had gone live before it was found to be wrong
     * @param error in one line; null where it was applied
     * @param findings at which steps it harms logins; empty where the error is another one
     */
    public record Result(Instant at, boolean takenBack, String error, List<Finding> findings) {}

    /**
     * @param running what the context runs already
     * @param timer tries again what must not be given up
     */
    LiveReload(
            RouteFolder folder,
            Rehearsal rehearsal,
            Probation probation,
            RouteFiles running,
            RunningRoutes routes,
            LoginMetrics metrics,
            ScheduledExecutorService timer) {
        this.folder = folder;
        this.rehearsal = rehearsal;
        this.probation = probation;
        this.running = running;
        this.before = running;
        this.proven = running;
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

    /** Looks whether files have been written, or have gone. */
    synchronized void look() throws InterruptedException {
        RouteFiles files;
        try {
            files = folder.read();
            if (!files.equals(seen)) {
                files = folder.readWhenQuiet();
            }
        } catch (InvalidSettingException e) {
            missed++;
            if (missed == MOST_MISSED) {
                seen = null;
                refuse(e.getMessage(), List.of());
            }
            return;
        }
        missed = 0;
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
        last = new Result(Instant.now(), false, error, findings);
    }

    private void apply(RouteFiles files) {
        if (!probation.isOn()) {
            proven = running;
        }
        try {
            routes.replaceWith(files, () -> watch(files, running));
        } catch (UnusableRoutesException e) {
            rejected(e.getMessage(), List.of());
            LOG.error("the edited routes did not start, going back to the ones before: {}", e.getMessage());
            goBack();
            return;
        }
        before = running;
        running = files;
        settled();
        metrics.reloadApplied();
        lastApplied = new Result(Instant.now(), false, null, List.of());
        last = lastApplied;
        LOG.info("routes reloaded from {}", folder);
    }

    private void watch(RouteFiles files, RouteFiles instead) {
        probation.begin(
                rehearsal, files.builder(), instead.builder(), findings -> later(() -> takeBack(files, findings)));
    }

    private void later(Runnable action) {
        try {
            timer.execute(action);
        } catch (RejectedExecutionException e) {
            LOG.debug("the process is stopping", e);
        }
    }

    /** The edit fails for logins that the routes before pass. */
    private synchronized void takeBack(RouteFiles harmful, List<Finding> findings) {
        if (harmful != running) {
            return;
        }
        String error = "when live: " + Finding.list(findings);
        metrics.reloadRolledBack();
        last = new Result(Instant.now(), true, error, findings);
        LOG.warn("the edited routes are taken back, the ones before go on: {}", error);
        running = before;
        before = proven;
        goBack();
    }

    /** Nothing runs until this has worked, so it is tried until it does, or an edit takes the place of it. */
    private void goBack() {
        try {
            routes.replaceWith(running, this::watchAgain);
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

    /** What had not passed its probation when it was replaced begins it anew. */
    private void watchAgain() {
        if (running.equals(proven)) {
            probation.end();
        } else {
            watch(running, proven);
        }
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
