package loginstream.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Logins at a steady rate, and what comes of them as a reader of committed records sees it. A record's timestamp is the
 * moment at which it was due, not the one at which it was sent: a sender that is held up must not make the result look
 * better. Each has a key that takes it to the partition of the output with the number that its own has in the input.
 */
final class Flow {
    private final Map<String, Object> servers;
    private final String input;
    private final String output;
    private final int rate;
    private final List<byte[]> keys;

    /**
     * @param partitions of input and output
     * @param rate records a second, over all partitions in turns
     */
    Flow(String bootstrapServers, String input, String output, int partitions, int rate) {
        this.servers = Map.of("bootstrap.servers", bootstrapServers);
        this.input = input;
        this.output = output;
        this.rate = rate;
        this.keys = IntStream.range(0, partitions)
                .mapToObj(partition -> key(partition, partitions))
                .toList();
    }

    /** What is told of a login that has come out. */
    interface Arrival {
        /**
         * @param dueMillis when it was due
         */
        void arrived(int partition, long dueMillis, long nowMillis);
    }

    private static byte[] key(int partition, int partitions) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> ("k" + i).getBytes(StandardCharsets.US_ASCII))
                .filter(key -> BuiltInPartitioner.partitionForKey(key, partitions) == partition)
                .findFirst()
                .orElseThrow();
    }

    /** Sends them from one moment on, on a thread of its own, as long as the JVM lives and until the other moment. */
    void send(long startMillis, long untilMillis) {
        Thread sender = new Thread(() -> sendAll(startMillis, untilMillis), "sender");
        sender.setDaemon(true);
        sender.start();
    }

    private void sendAll(long start, long until) {
        Supplier<Workload.Entry> logins = Workload.USUAL.entries();
        ByteArraySerializer bytes = new ByteArraySerializer();
        Map<String, Object> options = new HashMap<>(servers);
        options.put("linger.ms", 1);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(options, bytes, bytes)) {
            for (long i = 0; ; i++) {
                long due = start + i * 1000 / rate;
                if (due >= until) {
                    return;
                }
                while (System.currentTimeMillis() < due) {
                    LockSupport.parkNanos(500_000);
                }
                int partition = (int) (i % keys.size());
                producer.send(new ProducerRecord<>(
                        input, partition, due, keys.get(partition), logins.get().value()));
            }
        }
    }

    /** Reads what comes from now on, until it is told to end. */
    void read(BooleanSupplier end, Arrival arrival) {
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        Map<String, Object> options = new HashMap<>(servers);
        options.put("isolation.level", "read_committed");
        options.put("auto.offset.reset", "latest");
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(options, bytes, bytes)) {
            consumer.assign(IntStream.range(0, keys.size())
                    .mapToObj(partition -> new TopicPartition(output, partition))
                    .toList());
            while (!end.getAsBoolean()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    arrival.arrived(record.partition(), record.timestamp(), System.currentTimeMillis());
                }
            }
        }
    }
}
