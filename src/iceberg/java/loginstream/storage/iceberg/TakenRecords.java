package loginstream.storage.iceberg;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Which records there are of each partition. They nearly always come in the order of their offsets, those of a partition one
 * after the other; so little is to be done for each.
 */
final class TakenRecords {
    private final Map<TopicPartition, OfPartition> partitions = new HashMap<>();
    private OfPartition last;

    private static final class OfPartition {
        private static final Comparator<ConsumerRecord<?, ?>> BY_OFFSET =
                Comparator.comparingLong(ConsumerRecord::offset);

        private final TopicPartition partition;
        private final LongSummaryStatistics offsets = new LongSummaryStatistics();
        private final List<ConsumerRecord<?, ?>> inOrder = new ArrayList<>();
        private final Set<ConsumerRecord<?, ?>> others = Collections.newSetFromMap(new IdentityHashMap<>());

        OfPartition(TopicPartition partition) {
            this.partition = partition;
        }

        boolean holds(ConsumerRecord<?, ?> record) {
            return record.partition() == partition.partition() && record.topic().equals(partition.topic());
        }

        boolean add(ConsumerRecord<?, ?> record) {
            boolean added = inOrder.isEmpty() || record.offset() > offsets.getMax()
                    ? inOrder.add(record)
                    : !isInOrder(record) && others.add(record);
            if (added) {
                offsets.accept(record.offset());
            }
            return added;
        }

        /** By identity: a topic that was made anew has other records at the same offsets. */
        private boolean isInOrder(ConsumerRecord<?, ?> record) {
            int place = Collections.binarySearch(inOrder, record, BY_OFFSET);
            return place >= 0 && inOrder.get(place) == record;
        }
    }

    /** Adds one, unless it is there already. */
    boolean add(ConsumerRecord<?, ?> record) {
        if (last == null || !last.holds(record)) {
            last = partitions.computeIfAbsent(new TopicPartition(record.topic(), record.partition()), OfPartition::new);
        }
        return last.add(record);
    }

    /** The lowest offset of each partition. */
    Map<TopicPartition, Long> firsts() {
        return offsets(LongSummaryStatistics::getMin);
    }

    /** The offset after the highest of each partition. */
    Map<TopicPartition, Long> ends() {
        return offsets(range -> range.getMax() + 1);
    }

    private Map<TopicPartition, Long> offsets(ToLongFunction<LongSummaryStatistics> value) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        partitions.forEach((partition, taken) -> offsets.put(partition, value.applyAsLong(taken.offsets)));
        return offsets;
    }
}
