package loginstream.delivery.settlement;

import java.time.Duration;

/**
 * How many logins a batch may hold: as many as take the route about a second. Otherwise a route with slow steps would keep
 * its thread from polling for so long that the group takes it for dead. It begins small and grows by a few times with each
 * batch, so that a fast route is at its full size after some moments.
 */
final class BatchSizing {
    private static final Duration AIM = Duration.ofSeconds(1);
    private static final int FIRST = 500;
    private static final int GROWTH = 4;

    private int size = FIRST;

    /** How many logins the next batch may hold, at least 1. */
    int size() {
        return size;
    }

    /** A batch of so many logins got through the route in that time. */
    void took(int logins, Duration time) {
        long nanosEach = Math.max(1, time.toNanos() / Math.max(1, logins));
        long fitting = Math.max(1, AIM.toNanos() / nanosEach);
        size = (int) Math.min(fitting, (long) GROWTH * Math.max(size, FIRST));
    }
}
