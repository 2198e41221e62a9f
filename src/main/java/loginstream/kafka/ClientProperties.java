package loginstream.kafka;

import java.time.Duration;
import java.util.Properties;
import loginstream.config.reading.Problems;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The options of the Kafka clients, each with its reason. What the user set for all clients comes last and wins; what
 * must not be set has been refused before ({@link ClientOptions}).
 */
public final class ClientProperties {
    /** The shortest that brokers accept by default: a killed member's partitions go to another after that long. */
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(6);
    /** A member hears of a rebalance by the answer to a heartbeat; the others wait for it meanwhile. */
    private static final Duration HEARTBEAT = Duration.ofMillis(500);
    /** A killed producer's open transaction holds up readers that long, plus the broker's ten seconds between checks. */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(3);

    /** As long as Kafka's producer itself waits before it adds partitions to a transaction again. */
    private static final Duration RETRY_BACKOFF = Duration.ofMillis(20);
    /** How long a call may block; longer outages are waited out between polls. */
    private static final Duration MAX_BLOCK = Duration.ofSeconds(5);

    /** How long somebody at a terminal waits before he is told that the brokers cannot be reached. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration LOOK_FOR_TOPICS = Duration.ofSeconds(30);

    private static final int MEBIBYTE = 1 << 20;

    private final KafkaSettings kafka;
    private final ConsumerSettings consumer;
    private final Duration longestRetry;

    /**
     * @param longestRetry how long all redeliveries of one record can take
     */
    public ClientProperties(KafkaSettings kafka, ConsumerSettings consumer, Duration longestRetry) {
        this.kafka = kafka;
        this.consumer = consumer;
        this.longestRetry = longestRetry;
    }

    /** Tells which options do not fit each other, before a client is made of them. */
    public void check(Problems problems) {
        Properties group = new Properties();
        group.put(ConsumerConfig.GROUP_ID_CONFIG, consumer.group());
        new ClientCheck(problems, kafka.isSandbox())
                .run(consumer(group, "check"), transactionalProducer("check"), admin());
    }

    /** Where the brokers are. */
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** A name for this process that stays over restarts; empty where it has none. */
    public String instanceId() {
        return consumer.instanceId();
    }

    /**
     * For a consumer thread.
     *
     * @param camels what Camel's endpoint asks for, e.g. the group
     * @param member name of the thread in the group, the same after a restart where an instance id is set
     */
    public Properties consumer(Properties camels, String member) {
        Properties properties = new Properties();
        properties.putAll(camels);
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // A producer before us may be transactional too; what it aborted must not be passed on.
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) SESSION_TIMEOUT.toMillis());
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) HEARTBEAT.toMillis());
        // A record may be retried for as long as the settings say without the thread being taken for dead.
        Duration retries = longestRetry.plusMinutes(5);
        properties.put(
                ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, (int) Math.min(Integer.MAX_VALUE, retries.toMillis()));
        // The system's own size, which grows with need: with 64 KiB a fetch cannot arrive while a batch is worked on.
        properties.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, -1);
        properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        if (!consumer.instanceId().isEmpty()) {
            properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, member);
        }
        properties.putAll(kafka.clientProperties());
        return properties;
    }

    /**
     * For a consumer thread of another topic than the input. What the promises about logins rest on, e.g. who commits
     * offsets, is the endpoint's to say there.
     *
     * @param camels what Camel's endpoint asks for, brokers included
     */
    public Properties plainConsumer(Properties camels) {
        Properties properties = kafka.clientProperties();
        properties.keySet().removeIf(PromisedOptions::isPromised);
        camels.forEach((name, value) -> {
            if (!kafka.options().names().contains(name) || PromisedOptions.isPromised(name)) {
                properties.put(name, value);
            }
        });
        // By default it would be five minutes until it sees a topic that it was refused before.
        if (!kafka.options().names().contains(ConsumerConfig.METADATA_MAX_AGE_CONFIG)) {
            properties.merge(
                    ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                    (int) LOOK_FOR_TOPICS.toMillis(),
                    (camel, longest) -> Math.min(Integer.parseInt(camel.toString()), (int) longest));
        }
        return properties;
    }

    /** For records outside of a transaction. */
    public Properties producer() {
        Properties properties = new Properties();
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        // Batches may fill: a commit sends what is left at once, so nobody waits for it.
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 100);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L * MEBIBYTE);
        // The topic decides what is too large, not the client.
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 32 * MEBIBYTE);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK.toMillis());
        // A transaction that follows another at once is refused for the moments until the brokers are through with that
        // one. By default it would be tried again after a tenth of a second, many times as long as a commit takes.
        properties.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, RETRY_BACKOFF.toMillis());
        // A broker that restarts knows only a producer's last batch again, and refuses the ones before it as long as
        // they
        // are repeated. Work has to go on within 30 seconds, so they are given up sooner than that and begun anew.
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000);
        properties.putAll(kafka.clientProperties());
        return properties;
    }

    /** For what a route sends that is no login's: somebody waits for each record, so none waits for others. */
    public Properties plainProducer() {
        Properties properties = producer();
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.putAll(kafka.clientProperties());
        return properties;
    }

    /** What the transactional ids of all members of a group begin with. */
    public static String transactionalIdPrefix(String group) {
        return group + "-";
    }

    /** For the transactions of one consumer thread. */
    public Properties transactionalProducer(String member) {
        Properties properties = producer();
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalIdPrefix(consumer.group()) + member);
        properties.putIfAbsent(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) TRANSACTION_TIMEOUT.toMillis());
        return properties;
    }

    /** For asking and creating what there is in the cluster. */
    Properties admin() {
        Properties properties = new Properties();
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis() / 2);
        properties.putAll(kafka.clientProperties());
        return properties;
    }

    /** For reading what was committed, outside of any group. */
    public Properties reader() {
        Properties properties = new Properties();
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // What was rolled back is no dead letter.
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 * MEBIBYTE);
        properties.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, -1);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis() / 2);
        properties.putAll(kafka.clientProperties());
        return properties;
    }

    /**
     * For transactions that begin and end within moments.
     *
     * @param transactionalId whoever comes with the same one later fences the earlier one
     */
    public Properties shortTransactions(String transactionalId) {
        Properties properties = producer();
        // A batch that is larger than the topic allows is split by this size. Where the topic allows less than this, a
        // record that is too large is sent again without end instead of being refused.
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 16 * 1024);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
        properties.putAll(kafka.clientProperties());
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) TRANSACTION_TIMEOUT.toMillis());
        return properties;
    }
}
