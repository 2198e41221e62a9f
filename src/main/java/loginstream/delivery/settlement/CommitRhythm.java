package loginstream.delivery.settlement;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How often to commit. One commit costs the brokers as much as hundreds of records, so those that follow each other keep a
 * pace, and under load many batches share one. Used by the consumer's thread, except {@link #took}.
 */
final class CommitRhythm {
    /** From the beginning of a commit to that of the next one. */
    private static final Duration PACE = Duration.ofMillis(12);

    private static final Duration LEAST_SHARED = Duration.ofMillis(25);
    private static final Duration MOST_SHARED = Duration.ofMillis(100);

    private final Clock clock;
    private Instant begun = Instant.EPOCH;
    private volatile Duration took = Duration.ZERO;

    CommitRhythm(Clock clock) {
        this.clock = clock;
    }

    /** A commit begins. */
    void begins() {
        begun = clock.instant();
    }

    /** A commit was successful after that time. May be called by any thread. */
    void took(Duration time) {
        took = time;
    }

    /** How long until it is time for the next one. */
    Duration untilNext() {
        Duration since = Duration.between(begun, clock.instant()); // negative where the clock was put back
        return since.isNegative() || since.compareTo(PACE) >= 0 ? Duration.ZERO : PACE.minus(since);
    }

    /**
     * How long batches may share the next commit while more of them come: twice as long as the last one took, since what
     * the next batch sends waits for it; but what waits for it takes memory.
     */
    Duration shared() {
        Duration twice = took.multipliedBy(2);
        if (twice.compareTo(LEAST_SHARED) < 0) {
            return LEAST_SHARED;
        }
        return twice.compareTo(MOST_SHARED) > 0 ? MOST_SHARED : twice;
    }
}
