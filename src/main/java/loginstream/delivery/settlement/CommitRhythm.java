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
        Duration since = Duration.between(begun, clock.instant()); // negative where the clock was put back
        return since.isNegative() || since.compareTo(PACE) >= 0 ? Duration.ZERO : PACE.minus(since);
    }
}
