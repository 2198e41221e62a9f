package loginstream.steps;

import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import loginstream.login.Login;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.processor.PipelineHelper;
import org.apache.camel.spi.ReactiveExecutor;
import org.apache.camel.support.ExchangeHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One step of a route, run for the logins of one batch, each with its own exchange. Where it fails for one, Camel's error
 * handler of that step takes over for that one: redelivery, what the route does on exceptions, dead letter. Those that
 * wait for their redelivery, or for anything else that is not done at once, wait together at the end.
 */
final class StepRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StepRun.class);

    private final Step step;
    private final AsyncProcessor errorHandler;
    private final ReactiveExecutor executor;
    private final DueTasks.Turn turn;
    private final Queue<Attempt> finished = new LinkedBlockingQueue<>();
    private int unfinished;
    private long waitedNanos;
    private Attempt spare = new Attempt();

    /**
     * @param errorHandler the step's, or null where it has none
     */
    StepRun(Step step, AsyncProcessor errorHandler, ReactiveExecutor executor, DueTasks.Turn turn) {
        this.step = step;
        this.errorHandler = errorHandler;
        this.executor = executor;
        this.turn = turn;
    }

    /** What is run for each login. */
    interface Step extends AsyncProcessor {
        /** Whether it may leave headers behind that it has set before it failed. */
        boolean mayLeaveHeaders();

        /** How long it may still be waited for, in nanoseconds. */
        long patienceNanos();
    }

    /** One login's way through the step; told by Camel, maybe on another thread, when that has come to an end. */
    private final class Attempt implements AsyncCallback {
        private Login login;
        private Exchange own;
        private MessageState before;
        private boolean handling;
        private boolean done;
        private boolean awaited;

        @Override
        public void done(boolean doneSync) {
            synchronized (this) {
                done = true;
                if (!awaited) {
                    return;
                }
                finished.add(this);
            }
            turn.signal();
        }

        private synchronized boolean isDone() {
            return done;
        }

        /** Whether somebody has to wait for it; then it reports when it is done. */
        private synchronized boolean await() {
            awaited = !done;
            return awaited;
        }

        private synchronized void begin() {
            done = false;
            awaited = false;
        }
    }

    /** Runs the step for a login. */
    void run(Login login, Exchange own) {
        Attempt attempt = spare;
        attempt.login = login;
        attempt.own = own;
        attempt.handling = false;
        attempt.before = errorHandler != null && step.mayLeaveHeaders() ? MessageState.of(own) : null;
        attempt.begin();
        step.process(own, attempt);
        goOn(attempt);
    }

    /** The step has failed for a login already. */
    void failed(Login login, Exchange own, Exception failure) {
        own.setException(failure);
        spare.login = login;
        spare.own = own;
        spare.before = null;
        spare.handling = false;
        spare.done = true;
        goOn(spare);
    }

    private void goOn(Attempt attempt) {
        while (true) {
            while (!attempt.isDone() && executor.executeFromQueue()) {
                // what the step has left to be done on this thread
            }
            if (attempt.await()) {
                unfinished++;
                if (attempt == spare) {
                    spare = new Attempt();
                }
                return;
            }
            if (attempt.handling || !needsHandling(attempt.own)) {
                conclude(attempt);
                return;
            }
            handle(attempt);
        }
    }

    private boolean needsHandling(Exchange own) {
        return errorHandler != null
                && own.getException() != null
                && !own.getExchangeExtension().isRedeliveryExhausted()
                && !ExchangeHelper.isFailureHandled(own);
    }

    private void handle(Attempt attempt) {
        if (attempt.before != null) {
            attempt.before.restore(attempt.own);
        }
        attempt.handling = true;
        attempt.begin();
        errorHandler.process(attempt.own, attempt);
    }

    private static void conclude(Attempt attempt) {
        ExchangeHelper.prepareOutToIn(attempt.own);
        if (!PipelineHelper.continueProcessing(attempt.own, "at a step of its own", LOG)) {
            attempt.login.stop();
        }
        attempt.login = null;
        attempt.own = null;
        attempt.before = null;
    }

    /** Whether some were not done at once. */
    boolean hasUnfinished() {
        return unfinished > 0;
    }

    /**
     * Waits for all that were not done at once.
     *
     * @throws StoppedWhileWaitingException if the route stops meanwhile
     */
    void await() throws InterruptedException {
        while (unfinished > 0) {
            waitedNanos += turn.runUntil(() -> !finished.isEmpty(), executor);
            for (Attempt attempt = finished.poll(); attempt != null; attempt = finished.poll()) {
                unfinished--;
                goOn(attempt);
            }
        }
    }

    /** How long it has only waited. */
    long waitedNanos() {
        return waitedNanos;
    }

    @Override
    public void close() {
        turn.close();
    }
}
