package loginstream.steps;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a step of a route that is told to stop goes on waiting for logins. A stop finishes the batch in hand, but may
 * take 30 seconds as a whole: what waits for longer is broken off, and comes again. May be used by any thread.
 */
final class PatienceAtStop {
    /** Enough for all redeliveries with the default delays. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final LongSupplier nanoTime;
    private volatile long since;
    private volatile boolean begun;

    /**
     * @param nanoTime the clock
     */
    PatienceAtStop(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The route is told to stop, maybe not for the first time. */
    void begin() {
        if (!begun) {
            since = nanoTime.getAsLong();
            begun = true;
        }
    }

    /** The route is started again. */
    void forget() {
        begun = false;
    }

    /** How long it may still wait: without end, as long as the route runs. */
    long leftNanos() {
        return begun ? since + PATIENCE.toNanos() - nanoTime.getAsLong() : Long.MAX_VALUE;
    }
}
