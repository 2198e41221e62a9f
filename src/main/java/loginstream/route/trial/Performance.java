package loginstream.route.trial;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How records fared in a rehearsal, which may be broken off. Written by one thread, read by another. */
final class Performance {
    private final List<Outcome> outcomes = new ArrayList<>();
    private long begun;
    private int inHand;
    private long nanosEach;
    private long slowestAlone;
    private boolean over;

    /** A batch of so many begins. */
    synchronized void begins(int records) {
        begun = System.nanoTime();
        inHand = records;
    }

    synchronized void ended(List<Outcome> batch) {
        if (over) {
            return;
        }
        nanosEach = nanosOfBatch();
        slowestAlone = inHand == 1 ? Math.max(slowestAlone, nanosEach) : slowestAlone;
        inHand = 0;
        outcomes.addAll(batch);
    }

    private long nanosOfBatch() {
        return (System.nanoTime() - begun) / Math.max(1, inHand);
    }

    /** How long a record of the latest batch took, or takes at least. */
    synchronized long nanosEach() {
        return inHand == 0 || over ? nanosEach : Math.max(nanosEach, nanosOfBatch());
    }

    /** How long the slowest record took, or takes at least, of those that were handled alone; or one of a batch. */
    synchronized long slowestNanos() {
        return Math.max(slowestAlone, nanosEach());
    }

    /** It takes too long: what comes now counts no more. */
    synchronized void breakOff() {
        nanosEach = nanosEach();
        over = true;
    }

    /** How many records have begun. */
    synchronized int tried() {
        return outcomes.size() + inHand;
    }

    /** By position. */
    synchronized Map<String, Outcome> outcomes() {
        Map<String, Outcome> byPosition = new LinkedHashMap<>();
        outcomes.forEach(outcome -> byPosition.put(outcome.position(), outcome));
        return byPosition;
    }
}
