package loginstream.delivery;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far one consumer is behind in each of its partitions, counted from what has committed: what was polled but has not
 * committed yet is still to be done. Kafka's own count begins behind the last poll. Used by one thread.
 */
final class Backlog {
    private final Map<TopicPartition, Span> open = new HashMap<>();

    /** The offsets from the first one that has not committed to the one after the last that was polled. */
    private record Span(long from, long to) {}

    /** These records came; a partition's first one since it was assigned is where its open records begin. */
    void polled(ConsumerRecords<?, ?> records) {
        for (TopicPartition partition : records.partitions()) {
            var polled = records.records(partition);
            ConsumerRecord<?, ?> last = polled.get(polled.size() - 1);
            open.merge(
                    partition,
                    new Span(polled.get(0).offset(), last.offset() + 1),
                    (before, now) -> new Span(before.from(), now.to()));
        }
    }

    /** These offsets have committed. */
    void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> open.computeIfPresent(
                partition, (p, span) -> new Span(Math.max(span.from(), offset.offset()), span.to())));
    }

    /** Forgets partitions that are the consumer's no longer. */
    void forget(Collection<TopicPartition> partitions) {
        open.keySet().removeAll(partitions);
    }

    /**
     * The lag of each partition, in offsets.
     *
     * @param behind how many are waiting behind the last one polled, where that is known
     */
    Map<TopicPartition, Long> lag(Set<TopicPartition> assigned, Function<TopicPartition, OptionalLong> behind) {
        Map<TopicPartition, Long> lag = new HashMap<>();
        for (TopicPartition partition : assigned) {
            behind.apply(partition).ifPresent(waiting -> lag.put(partition, waiting + openOf(partition)));
        }
        return lag;
    }

    private long openOf(TopicPartition partition) {
        Span span = open.get(partition);
        return span == null ? 0 : Math.max(0, span.to() - span.from());
    }
}
