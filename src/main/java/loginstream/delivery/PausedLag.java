package loginstream.delivery;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * How many records wait behind the position of a consumer that fetches nothing: what the brokers tell with records it
 * does not hear, so they are asked, once a second at most. Only the consumer's thread may use it.
 */
final class PausedLag {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Consumer<?, ?> consumer;
    private final Map<TopicPartition, Long> known = new HashMap<>();
    private long askedAt = System.nanoTime() - EVERY.toNanos();

    PausedLag(Consumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    /** Where the brokers are away, what was last known stands. */
    Function<TopicPartition, OptionalLong> lookUp() {
        if (System.nanoTime() - askedAt >= EVERY.toNanos()) {
            try {
                consumer.endOffsets(consumer.assignment(), EVERY).forEach((partition, end) -> {
                    long behind = end - consumer.position(partition, EVERY);
                    known.put(partition, Math.max(0, behind));
                });
            } catch (KafkaException e) {
                // readiness tells of it
            }
            askedAt = System.nanoTime();
        }
        return partition -> known.containsKey(partition) ? OptionalLong.of(known.get(partition)) : OptionalLong.empty();
    }
}
