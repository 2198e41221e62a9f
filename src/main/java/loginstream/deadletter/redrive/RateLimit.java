package loginstream.deadletter.redrive;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Keeps to a number of records a second. */
final class RateLimit {
    private static final long LONGEST_NAP = TimeUnit.MILLISECONDS.toNanos(100);

    private final double rate;
    private final long start = System.nanoTime();

    /**
     * Begins now.
     *
     * @param rate records a second; 0 for no limit
     */
    RateLimit(double rate) {
        this.rate = rate;
    }

    /** How many records are sent at once, so that the rate holds within every second too. */
    int batch(int most) {
        return rate == 0 ? most : (int) Math.max(1, Math.min(most, rate));
    }

    /**
     * Waits until so many records are due.
     *
     * @param given up where it answers true
     */
    void await(long records, BooleanSupplier given) {
        if (rate == 0) {
            return;
        }
        long due = start + (long) (records * 1e9 / rate);
        for (long wait = due - System.nanoTime(); wait > 0 && !given.getAsBoolean(); wait = due - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(wait, LONGEST_NAP));
        }
    }
}
