package loginstream.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import loginstream.kafka.failure.Backoff;
import loginstream.kafka.failure.Reason;
import loginstream.kafka.failure.ThrottledLog;

/**
 * Whether the brokers let the consumers of this process in, and to the topics they read. Where they do not, nobody else
 * will: so it is told, and tried again with pauses until somebody has mended it. For all consumer threads of the input together.
 */
final class Admission {
    /** Longer than the longest pause, and shorter than people wait to see that they have mended it. */
    private static final Duration LATELY = Duration.ofSeconds(10);

    private final Clock clock;
    private final ThrottledLog troubles;
    private final String over;
    private final Duration lately;
    private final Backoff backoff;
    private Instant refusedAt = Instant.MIN;
    private String refusal;

    /**
     * @param troubles where it is told; what is told there already, by a producer that is refused as well, is not told twice
     * @param over what is told when it is
     */
    Admission(Clock clock, ThrottledLog troubles, String over) {
        this(clock, troubles, over, LATELY);
    }

    /**
     * The same, for what may take long until it refuses.
     *
     * @param lately how long a refusal counts
     */
    Admission(Clock clock, ThrottledLog troubles, String over, Duration lately) {
        this.lately = lately;
        this.clock = clock;
        this.troubles = troubles;
        this.over = over;
        this.backoff = new Backoff(clock);
    }

    /** A consumer was refused. */
    synchronized void refused(RuntimeException reason) {
        if (backoff.remaining().isZero()) { // else it is another thread, which was refused for the same reason
            backoff.failed();
        }
        refusedAt = clock.instant();
        refusal = Reason.of(reason);
        troubles.warn(refusal, "waiting until it is mended: " + refusal);
    }

    /** A consumer has read something. */
    synchronized void admitted() {
        if (refusal != null) {
            refusal = null;
            backoff.succeeded();
            troubles.over(over);
        }
    }

    /** Why consumers were refused lately. */
    synchronized Optional<String> refusal() {
        return Optional.ofNullable(refusal)
                .filter(reason -> refusedAt.plus(lately).isAfter(clock.instant()));
    }

    /** Sleeps until it may be tried again, or as long as this: what else a consumer thread could wait for are the brokers. */
    void await(Duration atMost) {
        Duration wait;
        synchronized (this) {
            wait = backoff.remaining();
        }
        try {
            Thread.sleep(Math.min(wait.toMillis(), atMost.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it is too early to try again. */
    synchronized boolean isPausing() {
        return !backoff.remaining().isZero();
    }
}
