package loginstream.delivery;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** How many records wait behind the position of a consumer, by assigned partition. Only its thread may ask. */
final class PartitionLag {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Consumer<?, ?> consumer;
    private Map<TopicPartition, Long> lookedUp = Map.of();
    private long lookedUpAt = System.nanoTime() - EVERY.toNanos();

    PartitionLag(Consumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    /** As the brokers have told with the last records. */
    Map<TopicPartition, Long> known() {
        Map<TopicPartition, Long> lag = new HashMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            consumer.currentLag(partition).ifPresent(records -> lag.put(partition, records));
        }
        return lag;
    }

    /** For a consumer that fetches nothing: the brokers are asked, once a second at most. */
    Map<TopicPartition, Long> lookedUp() {
        if (System.nanoTime() - lookedUpAt >= EVERY.toNanos()) {
            lookedUpAt = System.nanoTime();
            try {
                Map<TopicPartition, Long> lag = new HashMap<>();
                consumer.endOffsets(consumer.assignment(), EVERY)
                        .forEach((partition, end) ->
                                lag.put(partition, Math.max(0, end - consumer.position(partition, EVERY))));
                lookedUp = lag;
            } catch (KafkaException e) {
                // The brokers are away; what was last known stands, and readiness tells of it.
            }
        }
        return lookedUp;
    }
}
