package loginstream.deadletter.store;

import java.util.Map;
import loginstream.deadletter.store.TopicScan.Range;
import org.apache.kafka.common.TopicPartition;

/** A filter, and where what it wants can be: up to the end that the topic had when the scan was made. */
public final class DeadLetterScan {
    private final DeadLetterFilter filter;
    private final Map<TopicPartition, Range> ranges;

    DeadLetterScan(DeadLetterFilter filter, Map<TopicPartition, Range> ranges) {
        this.filter = filter;
        this.ranges = Map.copyOf(ranges);
    }

    DeadLetterFilter filter() {
        return filter;
    }

    Map<TopicPartition, Range> ranges() {
        return ranges;
    }
}
