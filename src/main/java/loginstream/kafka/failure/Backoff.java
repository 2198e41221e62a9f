package loginstream.kafka.failure;

import java.time.Clock;
import java.time.Duration;

/** Grows the wait between attempts to reach the brokers, up to a few seconds: they are to be found soon after they return. */
public final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Clock clock;
    private Duration next = FIRST;
    private long until = Long.MIN_VALUE;

    public Backoff(Clock clock) {
        this.clock = clock;
    }

    public void failed() {
        until = clock.millis() + next.toMillis();
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }

    public void succeeded() {
        next = FIRST;
        until = Long.MIN_VALUE;
    }

    /** How long still to wait; zero when it is time. */
    public Duration remaining() {
        return Duration.ofMillis(Math.max(0, until == Long.MIN_VALUE ? 0 : until - clock.millis()));
    }
}
