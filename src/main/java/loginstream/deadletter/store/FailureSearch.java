package loginstream.deadletter.store;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import loginstream.deadletter.store.TopicScan.Range;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Finds out which offsets have to be read for the dead letters that a filter wants. */
final class FailureSearch {
    /** The clocks of those who write dead letters may differ by so much, or a batch may take so long. */
    private static final Duration SLACK = Duration.ofMinutes(10);
    /** Fewer records than this are read sooner than searched. */
    private static final long WORTH_SEARCHING = 5_000;

    private final TopicScan scan;
    private final Topic topic;

    FailureSearch(Consumer<byte[], byte[]> consumer, Topic topic) {
        this.scan = new TopicScan(consumer);
        this.topic = topic;
    }

    /** Where the dead letters of a filter can be, now. */
    Map<TopicPartition, Range> ranges(DeadLetterFilter filter) {
        Map<TopicPartition, Range> ranges = new HashMap<>();
        scan.everything(topic.topicPartitions()).forEach((partition, range) -> {
            Range within = filter.positions().isEmpty() ? range : around(filter, partition, range);
            if (filter.since() != null) {
                within = new Range(startOf(filter.since(), partition, within), within.end());
            }
            if (within.start() < within.end()) {
                ranges.put(partition, within);
            }
        });
        return ranges;
    }

    private static Range around(DeadLetterFilter filter, TopicPartition partition, Range range) {
        long first = Long.MAX_VALUE;
        long last = -1;
        for (RecordPosition position : filter.positions()) {
            if (position.topicPartition().equals(partition)) {
                first = Math.min(first, position.offset());
                last = Math.max(last, position.offset());
            }
        }
        return new Range(Math.max(range.start(), first), Math.min(range.end(), last + 1));
    }

    /**
     * Looks for a place before everything that failed since then. The brokers' own search by time is of no use: a dead
     * letter keeps the time of its record, which may be much older than its failure. But each partition is in the order
     * of the failures, or nearly.
     */
    private long startOf(Instant since, TopicPartition partition, Range range) {
        Instant surelyBefore = since.minus(SLACK);
        long low = range.start();
        long high = range.end();
        while (high - low > WORTH_SEARCHING) {
            long middle = low + (high - low) / 2;
            ConsumerRecord<byte[], byte[]> record = firstAt(partition, middle, high);
            if (record == null || !StoredDeadLetter.failureTime(record).isBefore(surelyBefore)) {
                high = middle;
            } else {
                low = record.offset();
            }
        }
        return low;
    }

    private ConsumerRecord<byte[], byte[]> firstAt(TopicPartition partition, long offset, long end) {
        AtomicReference<ConsumerRecord<byte[], byte[]>> first = new AtomicReference<>();
        scan.read(Map.of(partition, new Range(offset, end)), record -> {
            first.set(record);
            return false;
        });
        return first.get();
    }
}
