package loginstream.delivery.settlement;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far one consumer has come in each of its partitions: what was fetched, where it would fetch next, and what has
 * committed. The position lies behind the last record by more than one where something follows that is no record for us:
 * the marker of a transaction, or what was rolled back. It may be committed as soon as every record before it is; else
 * there would be a lag that never ends. Used by one thread.
 */
final class PartitionOffsets {
    private static final long UNKNOWN = -1;

    private final Map<TopicPartition, Span> spans = new HashMap<>();

    /** Offsets of one partition. */
    private static final class Span {
        /** After the last record that was fetched. */
        private long fetched = UNKNOWN;
        /** Where the next fetch begins. */
        private long position = UNKNOWN;
        /** The first record that has not committed, as far as we know. */
        private long open = UNKNOWN;
        /** What is committed in the group. */
        private long committed = UNKNOWN;

        private boolean isPending() {
            return fetched > open;
        }
    }

    /**
     * These records came from a partition.
     *
     * @param position where the consumer would fetch next
     */
    void fetched(TopicPartition partition, ConsumerRecord<?, ?> first, ConsumerRecord<?, ?> last, long position) {
        Span span = span(partition);
        if (!span.isPending() || first.offset() < span.open) {
            span.open = first.offset();
        }
        span.fetched = last.offset() + 1;
        span.position = position;
    }

    /** The consumer would fetch there next, whether or not it has brought records. */
    void moved(TopicPartition partition, long position) {
        span(partition).position = position;
    }

    private Span span(TopicPartition partition) {
        return spans.computeIfAbsent(partition, p -> new Span());
    }

    /**
     * What may be committed with some records.
     *
     * @param afterLast for each partition, the offset after the last of them
     * @return the same, or the position where no record was fetched after them
     */
    Map<TopicPartition, OffsetAndMetadata> provenBy(Map<TopicPartition, OffsetAndMetadata> afterLast) {
        Map<TopicPartition, OffsetAndMetadata> proven = new HashMap<>(afterLast);
        proven.replaceAll((partition, end) -> {
            Span span = spans.get(partition);
            return span != null && span.fetched == end.offset() && span.position > end.offset()
                    ? new OffsetAndMetadata(span.position, end.leaderEpoch(), "")
                    : end;
        });
        return proven;
    }

    /** The positions that have moved on although all records before them have committed, and may be committed too. */
    Map<TopicPartition, OffsetAndMetadata> passed() {
        Map<TopicPartition, OffsetAndMetadata> passed = new HashMap<>();
        spans.forEach((partition, span) -> {
            if (span.committed != UNKNOWN && !span.isPending() && span.position > span.committed) {
                passed.put(partition, new OffsetAndMetadata(span.position, Optional.empty(), ""));
            }
        });
        return passed;
    }

    /** The partitions of which it is not known what is committed: nothing was fetched since they were assigned. */
    Set<TopicPartition> unknown() {
        Set<TopicPartition> unknown = new HashSet<>();
        spans.forEach((partition, span) -> {
            if (span.committed == UNKNOWN && !span.isPending()) {
                unknown.add(partition);
            }
        });
        return unknown;
    }

    /** These offsets have committed. */
    void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            Span span = spans.get(partition);
            if (span != null) {
                span.committed = offset.offset();
                span.open = offset.offset();
            }
        });
    }

    /** Nothing is committed in the group for these. */
    void uncommitted(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> span(partition).committed = 0);
    }

    /** Forgets partitions that are the consumer's no longer. */
    void forget(Collection<TopicPartition> partitions) {
        spans.keySet().removeAll(partitions);
    }

    /**
     * The lag of each partition, in offsets: what was fetched but has not committed yet is still to be done. Kafka's own
     * count begins behind the last fetch.
     *
     * @param behind how many are waiting behind the last one fetched, where that is known
     */
    Map<TopicPartition, Long> lag(Set<TopicPartition> assigned, Function<TopicPartition, OptionalLong> behind) {
        Map<TopicPartition, Long> lag = new HashMap<>();
        for (TopicPartition partition : assigned) {
            behind.apply(partition).ifPresent(waiting -> lag.put(partition, waiting + openOf(partition)));
        }
        return lag;
    }

    private long openOf(TopicPartition partition) {
        Span span = spans.get(partition);
        return span == null || !span.isPending() ? 0 : span.fetched - span.open;
    }
}
