package loginstream.route.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import loginstream.login.Rejection;
import org.apache.camel.RoutesBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The first moments of an edit that is live: what fails in its steps is held against the edit, not against the data. A
 * batch with a login that the edited routes fail and the routes before pass does not commit; the routes before come back,
 * and it goes through them. May be used by several threads.
 */
public final class Probation {
    /** A share of failures below this is nobody's fault. */
    private static final double LEAST_RATE = 0.001;

    /** What failed in one batch is tried on the routes before, up to this many. */
    private static final int MOST_TRIED = 200;

    private final ProbationSettings settings;
    private final DoubleSupplier failureRate;
    private volatile Trial trial;

    /**
     * @param failureRate share of the records so far at which a step has failed, from 0 to 1
     */
    public Probation(ProbationSettings settings, DoubleSupplier failureRate) {
        this.settings = settings;
        this.failureRate = failureRate;
    }

    /**
     * From now on, the edited routes are live.
     *
     * @param before the routes before, which come back where the edited ones harm logins
     * @param takeBack is told once, on a thread that must not wait for routes to stop, what the harm is
     */
    public void begin(
            Rehearsal rehearsal, RoutesBuilder edited, RoutesBuilder before, Consumer<List<Finding>> takeBack) {
        trial = settings.enabled() ? new Trial(rehearsal, edited, before, takeBack) : null;
    }

    /** No edit is on probation any more. */
    public void end() {
        trial = null;
    }

    /** Whether an edit is on probation. */
    public boolean isOn() {
        Trial current = trial;
        return current != null && !current.isOver();
    }

    /** Whether what the routes have made of a batch is right, so that it may commit. If not, it is handed out again. */
    public boolean passes(LoginBatch batch) {
        Trial current = trial;
        return current == null || current.passes(batch);
    }

    /** One edit's. */
    private final class Trial {
        private final Rehearsal rehearsal;
        private final RoutesBuilder edited;
        private final RoutesBuilder before;
        private final Consumer<List<Finding>> takeBack;
        private final long begun = System.nanoTime();
        private final double rate = Math.max(LEAST_RATE, failureRate.getAsDouble());
        /** Failures of which it is not certain that they are the edit's. */
        private final List<Outcome> doubtful = new ArrayList<>();

        private int records;
        private boolean harmful;

        Trial(Rehearsal rehearsal, RoutesBuilder edited, RoutesBuilder before, Consumer<List<Finding>> takeBack) {
            this.rehearsal = rehearsal;
            this.edited = edited;
            this.before = before;
            this.takeBack = takeBack;
        }

        synchronized boolean isOver() {
            return !harmful
                    && (records >= settings.records()
                            || System.nanoTime() - begun > settings.duration().toNanos());
        }

        synchronized boolean passes(LoginBatch batch) {
            if (isOver()) {
                return true;
            }
            records += batch.size();
            List<Login> failed = failed(batch);
            if (failed.isEmpty()) {
                return true;
            }
            if (!harmful) {
                List<Finding> findings = harm(failed);
                if (!findings.isEmpty()) {
                    harmful = true;
                    takeBack.accept(findings);
                }
            }
            return !harmful;
        }

        /** What fails once more now, and would have passed before, proves it; what cannot be tried here has to be many. */
        private List<Finding> harm(List<Login> failed) {
            List<ConsumerRecord<byte[], byte[]>> sources =
                    failed.stream().limit(MOST_TRIED).map(Login::source).toList();
            Map<String, Outcome> then = rehearsal.outcomes(before, sources);
            Map<String, Outcome> again = rehearsal.outcomes(edited, sources);
            List<Outcome> proofs = again.values().stream()
                    .filter(Outcome::isFailed)
                    .filter(outcome -> isPassed(then.get(outcome.position())))
                    .toList();
            if (!proofs.isEmpty()) {
                return rehearsal.failures(proofs, records);
            }
            for (Login login : failed) {
                Outcome before = then.get(login.position());
                Outcome now = again.get(login.position());
                if (now != null && now.isDropped()) {
                    continue; // by a step that is there to throw
                }
                if (before == null || before.isPassed() || before.isUnknown()) {
                    doubtful.add(Outcome.failed(login, now));
                }
            }
            return isManyOf(doubtful.size(), records) ? rehearsal.failures(doubtful, records) : List.of();
        }

        /** More than four standard deviations above what is to be expected, and then two. */
        private boolean isManyOf(int failures, int records) {
            double expected = rate * records;
            return failures > expected + 4 * Math.sqrt(expected) + 2;
        }
    }

    private static boolean isPassed(Outcome outcome) {
        return outcome != null && outcome.isPassed();
    }

    /** At which a step has thrown, or which the route has forgotten, and nothing in the route has taken care of it. */
    private static List<Login> failed(LoginBatch batch) {
        List<Login> failed = null;
        for (Login login : batch) {
            if (login.state() == Login.State.DEAD_LETTERED && login.rejection() instanceof Rejection.Failed) {
                failed = failed == null ? new ArrayList<>() : failed;
                failed.add(login);
            }
        }
        return failed == null ? List.of() : failed;
    }
}
