package loginstream.storage;

import java.time.Duration;

/**
 * How much is gathered before it becomes durable at once, for stores to which each time costs much, however little it is.
 *
 * @param records that are enough
 * @param atMost how long the first of them waits for others; zero gathers nothing
 */
public record Gathering(int records, Duration atMost) {
    /** Whatever is there becomes durable as soon as it can. */
    public static final Gathering NONE = new Gathering(Integer.MAX_VALUE, Duration.ZERO);

    public boolean isAny() {
        return !atMost.isZero();
    }
}
