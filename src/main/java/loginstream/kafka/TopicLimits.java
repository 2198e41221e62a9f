package loginstream.kafka;

import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import loginstream.kafka.failure.Reason;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that producers make no larger batches than the topics take. What a topic refuses as too large the producer
 * splits, but by its own {@code batch.size}: where that is the larger of the two, the same batch would go out again
 * until its time is up, and nothing would ever get through.
 */
public final class TopicLimits {
    private static final Logger LOG = LoggerFactory.getLogger(TopicLimits.class);

    private final ClientProperties clients;
    private final Collection<String> topics;
    private final AtomicReference<CompletableFuture<OptionalInt>> first = new AtomicReference<>();

    /**
     * @param topics that are written to
     */
    public TopicLimits(ClientProperties clients, Collection<String> topics) {
        this.clients = clients;
        this.topics = topics;
    }

    /** Begins to ask the brokers, on a thread of its own: there is still a lot to be done before it is needed. */
    public void begin() {
        first.set(CompletableFuture.supplyAsync(this::lookUp, task -> {
            Thread thread = new Thread(task, "topic limits");
            thread.setDaemon(true);
            thread.start();
        }));
    }

    /**
     * The same options, with smaller batches where a topic needs them.
     *
     * @throws KafkaException if the brokers cannot be reached
     */
    public Properties keptBy(Properties producer) {
        int wanted = Integer.parseInt(
                producer.get(ProducerConfig.BATCH_SIZE_CONFIG).toString()); // text where the user has set it
        limit().ifPresent(limit -> producer.put(ProducerConfig.BATCH_SIZE_CONFIG, Math.min(wanted, limit)));
        return producer;
    }

    /** For the first one that asks it is known already, or soon. */
    private OptionalInt limit() {
        CompletableFuture<OptionalInt> known = first.getAndSet(null);
        if (known == null) {
            return lookUp();
        }
        try {
            return known.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : e;
        }
    }

    /** The smallest {@code max.message.bytes} of the topics that tell it. */
    private OptionalInt lookUp() {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        try (Admin admin = AdminClients.open(clients)) {
            return admin.describeConfigs(resources).values().values().stream()
                    .map(TopicLimits::largestMessage)
                    .flatMapToInt(OptionalInt::stream)
                    .min();
        }
    }

    /** Empty where we have no right to know, or the topic is not there yet. */
    private static OptionalInt largestMessage(KafkaFuture<Config> topic) {
        try {
            ConfigEntry limit = topic.get().get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
            return OptionalInt.of(Integer.parseInt(limit.value()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException
                    || e.getCause() instanceof UnknownTopicOrPartitionException) {
                LOG.debug("cannot look up max.message.bytes: {}", Reason.of(e));
                return OptionalInt.empty();
            }
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }
}
