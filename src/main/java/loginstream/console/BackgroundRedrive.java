package loginstream.console;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import loginstream.deadletter.redrive.RedrivePlan;
import loginstream.deadletter.redrive.RedriveRequest;
import loginstream.deadletter.redrive.RedriveResult;
import loginstream.deadletter.redrive.Redriver;
import loginstream.deadletter.store.DeadLetterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Redrives in the background, one at a time, and tells how the latest one goes. */
final class BackgroundRedrive {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundRedrive.class);

    private final Redriver redriver;
    private final String inputTopic;
    private final Executor background;
    private final AtomicReference<Progress> progress = new AtomicReference<>(new Progress(0, State.NONE, 0, ""));

    /** How far a redrive has come. */
    enum State {
        NONE,
        RUNNING,
        DONE,
        FAILED
    }

    /**
     * The latest redrive.
     *
     * @param number counts them; 0 where there was none
     * @param sent so far
     * @param message for people; empty while it runs
     */
    record Progress(long number, State state, long sent, String message) {}

    /**
     * @param background runs the redrives, one after the other
     */
    BackgroundRedrive(Redriver redriver, String inputTopic, Executor background) {
        this.redriver = redriver;
        this.inputTopic = inputTopic;
        this.background = background;
    }

    Progress progress() {
        return progress.get();
    }

    /**
     * Begins one.
     *
     * @throws RefusedException if one is still running
     */
    Progress start(RedriveRequest request) {
        Progress before = progress.get();
        Progress begun = new Progress(before.number() + 1, State.RUNNING, 0, "");
        if (before.state() == State.RUNNING || !progress.compareAndSet(before, begun)) {
            throw new RefusedException(409, "a redrive is running already");
        }
        background.execute(() -> progress.set(run(begun.number(), request)));
        return begun;
    }

    private Progress run(long number, RedriveRequest request) {
        try {
            RedrivePlan plan = redriver.plan(request);
            RedriveResult result =
                    redriver.redrive(plan, sent -> progress.set(new Progress(number, State.RUNNING, sent, "")));
            String line = result.describe("redrove", request, inputTopic);
            LOG.info("{}", line);
            return new Progress(number, State.DONE, result.sent(), line);
        } catch (DeadLetterException e) {
            return new Progress(number, State.FAILED, progress.get().sent(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("a redrive has failed", e);
            return new Progress(number, State.FAILED, progress.get().sent(), e.toString());
        }
    }
}
