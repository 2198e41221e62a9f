package loginstream.deadletter.store;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads ranges of partitions to their ends, which were found out before: what comes in meanwhile is not waited for. The
 * records of a partition come in order.
 */
final class TopicScan {
    private static final Duration POLL = Duration.ofMillis(200);
    /** So long without any progress means that the brokers are away. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Consumer<byte[], byte[]> consumer;

    /** Offsets of one partition: the first, and the one after the last. */
    record Range(long start, long end) {}

    TopicScan(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** All that is in these partitions now. */
    Map<TopicPartition, Range> everything(List<TopicPartition> partitions) {
        Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, Range> ranges = new HashMap<>();
        partitions.forEach(partition -> ranges.put(partition, new Range(starts.get(partition), ends.get(partition))));
        return ranges;
    }

    /**
     * Hands every record of the ranges on.
     *
     * @param each answers whether to go on
     */
    void read(Map<TopicPartition, Range> ranges, Predicate<ConsumerRecord<byte[], byte[]>> each) {
        Map<TopicPartition, Range> open = new HashMap<>(ranges);
        open.values().removeIf(range -> range.start() >= range.end());
        consumer.assign(open.keySet());
        open.forEach((partition, range) -> consumer.seek(partition, range.start()));
        long lastProgress = System.nanoTime();
        while (!open.isEmpty()) {
            boolean progress = false;
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                progress = true;
                Range range = open.get(new TopicPartition(record.topic(), record.partition()));
                if (range != null && record.offset() < range.end() && !each.test(record)) {
                    return;
                }
            }
            // A range may end with the marks of a transaction, which are no records: the position tells.
            if (open.entrySet()
                    .removeIf(e -> consumer.position(e.getKey()) >= e.getValue().end())) {
                progress = true;
                consumer.assign(open.keySet());
            }
            long now = System.nanoTime();
            if (progress) {
                lastProgress = now;
            } else if (now - lastProgress > PATIENCE.toNanos()) {
                throw new DeadLetterException("the brokers have sent nothing for " + PATIENCE.toSeconds()
                        + " s, though " + open.keySet() + " hold more");
            }
        }
    }
}
