package loginstream.delivery;

import loginstream.storage.Gathering;

/** Whether more records should come before those that wait are handed out. */
final class Gatherer {
    private final Gathering wanted;
    private boolean waiting;
    private long since;

    Gatherer(Gathering wanted) {
        this.wanted = wanted;
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
            since = System.nanoTime();
        }
        return System.nanoTime() - since < wanted.atMost().toNanos();
    }

    /** What waited is on its way. */
    void handedOut() {
        waiting = false;
    }
}
