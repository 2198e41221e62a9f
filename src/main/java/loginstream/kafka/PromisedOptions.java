package loginstream.kafka;

import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The options that promises rest on: exactly once, nothing lost in silence, order per key, a crash costs seconds. */
final class PromisedOptions {

    /**
     * What an option has to be.
     *
     * @param isKept by this value
     * @param reason what it must be, and why
     */
    private record Promise(Predicate<String> isKept, String reason) {}

    private static final String ALL_BYTES = "records go through byte for byte";
    private static final String SAME_PARTITION = "records of one key have to stay in one partition";

    private static final Map<String, Promise> PROMISES = Map.ofEntries(
            only(
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    "false",
                    "offsets are committed with the results they belong to"),
            only(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed", "what was rolled back is no login"),
            only(
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "earliest",
                    "anything else can skip logins in silence; kafka-consumer-groups.sh --reset-offsets lets a group"
                            + " begin elsewhere"),
            only(
                    ConsumerConfig.GROUP_PROTOCOL_CONFIG,
                    "classic",
                    "with the other one the brokers say how long a killed process keeps its partitions, 45 s by"
                            + " default"),
            never(ConsumerConfig.GROUP_ID_CONFIG, "set loginstream.group instead"),
            never(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "set loginstream.instance-id instead"),
            kept(
                    ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
                    String::isEmpty,
                    "an interceptor can change and drop records unseen"),
            only(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName(), ALL_BYTES),
            only(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName(), ALL_BYTES),
            only(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName(), ALL_BYTES),
            only(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName(), ALL_BYTES),
            kept(
                    ProducerConfig.ACKS_CONFIG,
                    value -> value.equals("all") || value.equals("-1"),
                    "it must be all, for else a broker that fails takes records along"),
            only(
                    ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                    "true",
                    "without it repetitions come out twice and out of order"),
            kept(
                    ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                    value -> value.matches("[1-5]"),
                    "it must be from 1 to 5, for more would lose the order of records"),
            kept(
                    CommonClientConfigs.RETRIES_CONFIG,
                    value -> !value.equals("0"),
                    "it must be 1 or more, for idempotence rests on repetitions"),
            never(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "it is made of loginstream.group and the thread's name"),
            only(
                    ProducerConfig.TRANSACTION_TWO_PHASE_COMMIT_ENABLE_CONFIG,
                    "false",
                    "else transactions of a killed process stay open for ever"),
            only(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, "false", SAME_PARTITION),
            kept(
                    ProducerConfig.PARTITIONER_CLASS_CONFIG,
                    value -> !value.equals(RoundRobinPartitioner.class.getName()),
                    SAME_PARTITION),
            never(AdminClientConfig.BOOTSTRAP_CONTROLLERS_CONFIG, "set kafka.bootstrap.servers instead"));

    private PromisedOptions() {}

    private static Map.Entry<String, Promise> only(String name, String value, String reason) {
        return kept(name, value::equalsIgnoreCase, "it must be " + value + ", for " + reason);
    }

    private static Map.Entry<String, Promise> never(String name, String reason) {
        return kept(name, value -> false, reason);
    }

    private static Map.Entry<String, Promise> kept(String name, Predicate<String> isKept, String reason) {
        return Map.entry(name, new Promise(isKept, reason));
    }

    /** Whether a promise rests on this option. */
    static boolean isPromised(Object name) {
        return name instanceof String option && PROMISES.containsKey(option);
    }

    /** Why this value would break a promise; empty where it does not. */
    static Optional<String> refusal(String name, String value) {
        return Optional.ofNullable(PROMISES.get(name))
                .filter(promise -> !promise.isKept().test(value.strip()))
                .map(Promise::reason);
    }
}
