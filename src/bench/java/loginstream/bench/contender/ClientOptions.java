package loginstream.bench.contender;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The tuning of Kafka's clients, the same for every contender but the textbook's, whose point is to have none. */
final class ClientOptions {
    static final int BATCH_RECORDS = 10_000;
    private static final int MEBIBYTE = 1 << 20;

    private ClientOptions() {}

    /** Room for a whole fetch, whose size is Kafka's default, a mebibyte of each partition. */
    static Map<String, Object> fetching() {
        return Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BATCH_RECORDS);
    }

    /** What the size of a produce request depends on. */
    static Map<String, Object> producing() {
        return Map.of(
                ProducerConfig.BATCH_SIZE_CONFIG,
                256 * 1024,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                64L * MEBIBYTE,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                32 * MEBIBYTE);
    }

    static Map<String, Object> consumer(Assignment assignment) {
        Map<String, Object> options = new HashMap<>(fetching());
        options.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, assignment.bootstrapServers());
        options.put(ConsumerConfig.GROUP_ID_CONFIG, assignment.group());
        options.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        options.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        options.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        options.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return options;
    }

    static Map<String, Object> producer(Assignment assignment) {
        Map<String, Object> options = new HashMap<>(producing());
        options.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, assignment.bootstrapServers());
        options.put(ProducerConfig.ACKS_CONFIG, "all");
        options.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        options.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return options;
    }
}
