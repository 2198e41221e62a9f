package loginstream.delivery.settlement;

import java.time.Duration;

/**
 * How many logins a batch may hold: so few that they are still in the processor's cache when the next step comes to them.
 * But if steps wait for logins, for their redelivery say, all logins of a batch wait at once: then as many as take the route
 * about a second. More would keep its thread from polling for so long that the group takes it for dead; so a slow route
 * has fewer anyway. What fits into that second grows by a few times with each batch.
 */
final class BatchSizing {
    private static final Duration AIM = Duration.ofSeconds(1);
    private static final int FIRST = 500;
    private static final int GROWTH = 4;
    private static final int CACHED = 1_000;

    private int fitting = FIRST;
    private boolean waiting;

    /** How many logins the next batch may hold, at least 1. */
    int size() {
        return waiting ? fitting : Math.min(fitting, CACHED);
    }

    /**
     * A batch of so many logins got through the route in that time.
     *
     * @param waited how much of it the steps have only waited
     */
    void took(int logins, Duration time, Duration waited) {
        long nanosEach = Math.max(1, time.minus(waited).toNanos() / Math.max(1, logins));
        long inASecond = Math.max(1, AIM.toNanos() / nanosEach);
        fitting = (int) Math.min(inASecond, (long) GROWTH * Math.max(fitting, FIRST));
        waiting = waited.compareTo(Duration.ZERO) > 0;
    }
}
