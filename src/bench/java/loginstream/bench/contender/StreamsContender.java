package loginstream.bench.contender;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import loginstream.config.Settings;
import loginstream.delivery.DeliveryGuarantee;
import loginstream.login.LoginStep;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/**
 * Kafka Streams: source, one processor, two sinks. Its commit interval is its default, 100 ms where it delivers exactly
 * once; fetches and produce requests may be as large as Loginstream's.
 */
final class StreamsContender implements Contender {
    static final String OUTPUT = "output";
    static final String DEAD_LETTERS = "dead-letters";

    private final Function<Settings, LoginStep> steps;
    private final KafkaStreams streams;
    private final AtomicLong done = new AtomicLong();

    /**
     * @param steps makes the steps for one of its threads
     */
    StreamsContender(Assignment assignment, DeliveryGuarantee guarantee, Function<Settings, LoginStep> steps) {
        this(assignment, guarantee, steps, Map.of());
    }

    /**
     * @param tuned options of Kafka Streams that differ
     */
    StreamsContender(
            Assignment assignment,
            DeliveryGuarantee guarantee,
            Function<Settings, LoginStep> steps,
            Map<String, Object> tuned) {
        this.steps = steps;
        Properties properties = properties(assignment, guarantee);
        properties.putAll(tuned);
        streams = new KafkaStreams(topology(assignment), properties);
    }

    private Topology topology(Assignment assignment) {
        ByteArraySerializer out = new ByteArraySerializer();
        ByteArrayDeserializer in = new ByteArrayDeserializer();
        return new Topology()
                .addSource("input", in, in, assignment.input())
                .addProcessor(
                        "logins",
                        () -> new StreamsProcessor(assignment, steps.apply(assignment.defaults()), done),
                        "input")
                .addSink(OUTPUT, assignment.output(), out, out, "logins")
                .addSink(DEAD_LETTERS, assignment.deadLetter(), out, out, "logins");
    }

    private static Properties properties(Assignment assignment, DeliveryGuarantee guarantee) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, assignment.group());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, assignment.bootstrapServers());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, assignment.consumers());
        properties.put(
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                switch (guarantee) {
                    case EXACTLY_ONCE -> StreamsConfig.EXACTLY_ONCE_V2;
                    case AT_LEAST_ONCE -> StreamsConfig.AT_LEAST_ONCE;
                });
        // Room for a whole fetch: with the default of 1,000 the partition is paused most of the time.
        properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 2 * ClientOptions.BATCH_RECORDS);
        ClientOptions.fetching().forEach((key, value) -> properties.put(StreamsConfig.consumerPrefix(key), value));
        ClientOptions.producing().forEach((key, value) -> properties.put(StreamsConfig.producerPrefix(key), value));
        properties.put(StreamsConfig.producerPrefix("acks"), "all");
        if (assignment.streamsLinger() >= 0) {
            properties.put(StreamsConfig.producerPrefix("linger.ms"), assignment.streamsLinger());
        }
        return properties;
    }

    @Override
    public void start() {
        streams.start();
    }

    @Override
    public long done() {
        return done.get();
    }

    @Override
    public void close() {
        streams.close(Duration.ofSeconds(20));
    }
}
