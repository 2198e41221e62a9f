package loginstream.delivery.settlement;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How soon after a commit the next one may begin where nothing is left to be done. One commit costs the brokers as much as
 * hundreds of records, so those that follow each other keep a pace. Used by the consumer's thread.
 */
final class CommitRhythm {
    /** From the beginning of a commit to that of the next one. */
    private static final Duration PACE = Duration.ofMillis(12);

    private final Clock clock;
    private Instant begun = Instant.EPOCH;

    CommitRhythm(Clock clock) {
        this.clock = clock;
    }

    /** A commit begins. */
    void begins() {
        begun = clock.instant();
    }

    /** How long until it is time for the next one. */
    Duration untilNext() {
        return left(begun, PACE, clock);
    }

    /** What is left of such a time since then; nothing where the clock was put back. */
    static Duration left(Instant since, Duration time, Clock clock) {
        Duration over = Duration.between(since, clock.instant());
        return over.isNegative() || over.compareTo(time) >= 0 ? Duration.ZERO : time.minus(over);
    }
}
