package loginstream.storage;

import java.time.Duration;

/**
 * How much is gathered before it is stored at once, by stores to which each time costs much, however little it is.
 *
 * @param records that are enough; 1 gathers nothing
 * @param atMost how long the first of them waits for others
 */
public record Gathering(int records, Duration atMost) {
    /** Whatever is there is stored. */
    public static final Gathering NONE = new Gathering(1, Duration.ZERO);
}
