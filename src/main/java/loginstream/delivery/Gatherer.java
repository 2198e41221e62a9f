package loginstream.delivery;

import java.util.function.LongSupplier;
import loginstream.storage.Gathering;

/** Whether more records should come before those that wait are handed out. */
final class Gatherer {
    private final Gathering wanted;
    private final LongSupplier nanoTime;
    private boolean waiting;
    private long since;

    /**
     * @param nanoTime as {@link System#nanoTime}
     */
    Gatherer(Gathering wanted, LongSupplier nanoTime) {
        this.wanted = wanted;
        this.nanoTime = nanoTime;
    }

    /** Whether records that come are added to those that wait. */
    boolean isGathering() {
        return wanted.records() > 1;
    }

    /** How many records are handed out at once, though smaller batches took less time: each costs much by itself. */
    int atOnce() {
        return wanted.records();
    }

    /**
     * Asks it.
     *
     * @param records that wait
     */
    boolean wantsMore(int records) {
        if (records == 0) {
            waiting = false;
            return true;
        }
        if (records >= wanted.records()) {
            return false;
        }
        if (!waiting) {
            waiting = true;
            since = nanoTime.getAsLong();
        }
        return nanoTime.getAsLong() - since < wanted.atMost().toNanos();
    }

    /** What waited is on its way. */
    void handedOut() {
        waiting = false;
    }
}
