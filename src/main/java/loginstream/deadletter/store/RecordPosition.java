package loginstream.deadletter.store;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/** Where a record is, written {@code user-login.dlq-2@17}: topic, partition, offset. */
public record RecordPosition(String topic, int partition, long offset) implements Comparable<RecordPosition> {
    /** A topic's name may hold dashes and dots, so the last dash counts. */
    private static final Pattern TEXT = Pattern.compile("([A-Za-z0-9._-]{1,249})-([0-9]{1,9})@([0-9]{1,18})");

    private static final Comparator<RecordPosition> ORDER = Comparator.comparing(RecordPosition::topic)
            .thenComparingInt(RecordPosition::partition)
            .thenComparingLong(RecordPosition::offset);

    /**
     * Reads a position as it is printed.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static RecordPosition parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no position: write TOPIC-PARTITION@OFFSET, such as user-login.dlq-2@17");
        }
        return new RecordPosition(
                matcher.group(1), Integer.parseInt(matcher.group(2)), Long.parseLong(matcher.group(3)));
    }

    /** Whether a text could be read. */
    static boolean isOne(String text) {
        return TEXT.matcher(text).matches();
    }

    TopicPartition topicPartition() {
        return new TopicPartition(topic, partition);
    }

    @Override
    public int compareTo(RecordPosition other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
