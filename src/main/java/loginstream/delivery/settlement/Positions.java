package loginstream.delivery.settlement;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Asks the consumer where it stands. What moves a position without being a record is rare, so that is looked for once a
 * second at most. Only the consumer's thread may use it.
 */
final class Positions {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Consumer<?, ?> consumer;
    private final PartitionOffsets offsets;
    private final Clock clock;
    private long nextLook;

    Positions(Consumer<?, ?> consumer, PartitionOffsets offsets, Clock clock) {
        this.consumer = consumer;
        this.offsets = offsets;
        this.clock = clock;
    }

    /** These records came with the consumer's last poll. */
    void fetched(ConsumerRecords<byte[], byte[]> polled) {
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
            long position = polled.nextOffsets().get(partition).offset();
            offsets.fetched(partition, records.get(0), records.get(records.size() - 1), position);
        }
    }

    /** Positions that may be committed although no record proves them. */
    Map<TopicPartition, OffsetAndMetadata> passed() {
        return look() ? offsets.passed() : Map.of();
    }

    /** The same while nothing else is to be done: then the brokers are asked for what is not known yet. */
    Map<TopicPartition, OffsetAndMetadata> passedWhileIdle() {
        if (!look()) {
            return Map.of();
        }
        askForUnknown();
        return offsets.passed();
    }

    private boolean look() {
        if (clock.millis() < nextLook) {
            return false;
        }
        nextLook = clock.millis() + EVERY.toMillis();
        for (TopicPartition partition : consumer.assignment()) {
            try {
                offsets.moved(partition, consumer.position(partition, Duration.ZERO));
            } catch (TimeoutException e) {
                // assigned just now: it has none yet
            }
        }
        return true;
    }

    private void askForUnknown() {
        Set<TopicPartition> unknown = offsets.unknown();
        if (unknown.isEmpty()) {
            return;
        }
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>(consumer.committed(unknown, EVERY));
            committed.values().removeIf(Objects::isNull);
            Set<TopicPartition> uncommitted = new HashSet<>(unknown);
            uncommitted.removeAll(committed.keySet());
            offsets.committed(committed);
            offsets.uncommitted(uncommitted);
        } catch (KafkaException e) {
            // asked again
        }
    }
}
