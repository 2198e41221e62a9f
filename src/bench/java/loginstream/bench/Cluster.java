package loginstream.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import loginstream.sandbox.FreePort;
import loginstream.sandbox.TopicCreation;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The broker of the benchmark, and what is done to its topics from outside. */
final class Cluster implements AutoCloseable {
    private final ChildProcess process;
    private final Path data;
    private final FileMemory memory;
    private final Admin admin;
    private final String bootstrapServers;

    /**
     * Starts it.
     *
     * @param heap such as {@code 2g}
     * @param parent where its data folder goes, which is removed at the end
     */
    Cluster(String heap, Path parent, Path logs) throws IOException, InterruptedException {
        int port = FreePort.any();
        data = Files.createTempDirectory(parent, "loginstream-bench-");
        memory = new FileMemory(data);
        process = ChildProcess.start(
                "broker",
                logs,
                List.of(
                        "-Xmx" + heap,
                        "-Xms" + heap,
                        "-Djava.io.tmpdir=" + data,
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"),
                BrokerProcess.class.getName(),
                List.of(Integer.toString(port)));
        bootstrapServers = "localhost:" + port;
        try {
            process.awaitLine(BrokerProcess.READY::equals, Duration.ofMinutes(1));
            admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        } catch (RuntimeException e) {
            close(process, data);
            throw e;
        }
    }

    /** The processor time that the broker has used. */
    long cpuNanos() {
        return process.cpuNanos();
    }

    /** Makes memory ready for what is written next. */
    void touchMemory() throws InterruptedException {
        memory.touch();
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    void create(int partitions, String... topics) {
        List<NewTopic> wanted = Stream.of(topics)
                .map(name -> new NewTopic(name, partitions, (short) 1)
                        .configs(Map.of("file.delete.delay.ms", "1000", "retention.ms", "-1")))
                .toList();
        await(() -> {
            TopicCreation.createAndAwait(admin, wanted);
            return null;
        });
    }

    void delete(String... topics) {
        await(() -> admin.deleteTopics(List.of(topics)).all().get());
    }

    /** Fills a topic, partition by partition in turns. */
    void load(String topic, Workload workload, long count) {
        load(topic, workload.partitions(), count, workload.entries());
    }

    /** Fills a topic with such records, partition by partition in turns. */
    void load(String topic, int partitions, long count, Supplier<Workload.Entry> entries) {
        Map<String, Object> options = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.LINGER_MS_CONFIG,
                20,
                ProducerConfig.BATCH_SIZE_CONFIG,
                256 * 1024);
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(options)) {
            for (long i = 0; i < count && failure.get() == null; i++) {
                Workload.Entry entry = entries.get();
                producer.send(
                        new ProducerRecord<>(topic, (int) (i % partitions), entry.key(), entry.value()),
                        (sent, e) -> failure.compareAndSet(null, e));
            }
        }
        long loaded = size(topic, partitions);
        if (failure.get() != null || loaded != count) {
            throw new IllegalStateException(
                    loaded + " of " + count + " records were loaded into " + topic, failure.get());
        }
    }

    /** Records and transaction markers in a topic. */
    long size(String topic, int partitions) {
        return ends(topic, partitions).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Lets a group that does not exist yet begin that many records before the end. */
    void leave(String group, String topic, int partitions, long backlog) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        ends(topic, partitions).forEach((partition, end) -> {
            long share = backlog / partitions + (partition.partition() < backlog % partitions ? 1 : 0);
            offsets.put(partition, new OffsetAndMetadata(Math.max(0, end - share)));
        });
        await(() -> admin.alterConsumerGroupOffsets(group, offsets).all().get());
    }

    /** The sum of a group's committed offsets. */
    long committed(String group) {
        return await(() -> admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .get())
                .values()
                .stream()
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    private Map<TopicPartition, Long> ends(String topic, int partitions) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (int i = 0; i < partitions; i++) {
            asked.put(new TopicPartition(topic, i), OffsetSpec.latest());
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        await(() -> admin.listOffsets(asked).all().get())
                .forEach((partition, info) -> ends.put(partition, info.offset()));
        return ends;
    }

    /** What an admin client does. */
    private interface Call<T> {
        T get() throws ExecutionException, InterruptedException;
    }

    private static <T> T await(Call<T> call) {
        try {
            return call.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
        close(process, data);
    }

    private static void close(ChildProcess process, Path data) {
        process.close();
        try (Stream<Path> files = Files.walk(data)) {
            Collection<Path> deepestFirst =
                    files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
