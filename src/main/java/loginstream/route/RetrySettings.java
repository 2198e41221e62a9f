package loginstream.route;

import java.time.Duration;
import loginstream.config.reading.InvalidSettingException;
import loginstream.config.reading.SettingValues;

/**
 * Redelivery policy: exponential backoff.
 *
 * @param attempts redeliveries after the first try
 * @param delay before the first of them
 * @param maxDelay longest delay
 * @param multiplier from one delay to the next, 1 or more
 */
public record RetrySettings(int attempts, Duration delay, Duration maxDelay, double multiplier) {
    private static final Duration HOUR = Duration.ofHours(1);

    public RetrySettings {
        if (maxDelay.compareTo(delay) < 0) {
            throw new InvalidSettingException("loginstream.retry.max-delay=" + maxDelay.toMillis()
                    + "ms cannot be used: it must not be less than loginstream.retry.delay, which is "
                    + delay.toMillis() + "ms");
        }
    }

    /** Reads them. */
    public static RetrySettings read(SettingValues values) {
        return values.fitting(() -> new RetrySettings(
                values.integer("loginstream.retry.attempts", 0, 100),
                values.duration("loginstream.retry.delay", HOUR),
                values.duration("loginstream.retry.max-delay", HOUR),
                values.number("loginstream.retry.multiplier", 1, 100)));
    }

    /** How long all redeliveries of one record can take. */
    public Duration longest() {
        double next = delay.toMillis();
        double total = 0;
        for (int i = 0; i < attempts; i++) {
            total += Math.min(next, maxDelay.toMillis());
            next *= multiplier;
        }
        return Duration.ofMillis((long) total);
    }
}
