package loginstream.delivery;

import java.util.Collection;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that producers make no larger batches than the topics take. What a topic refuses as too large the producer
 * splits, but by its own {@code batch.size}: where that is the larger of the two, the same batch would go out again
 * until its time is up, and nothing would ever get through.
 */
final class TopicLimits {
    private static final Logger LOG = LoggerFactory.getLogger(TopicLimits.class);

    private final ClientProperties clients;
    private final Collection<String> topics;

    /**
     * @param topics that are written to
     */
    TopicLimits(ClientProperties clients, Collection<String> topics) {
        this.clients = clients;
        this.topics = topics;
    }

    /**
     * The same options, with smaller batches where a topic needs them.
     *
     * @throws KafkaException if the brokers cannot be reached
     */
    Properties keptBy(Properties producer) {
        int wanted = Integer.parseInt(
                producer.get(ProducerConfig.BATCH_SIZE_CONFIG).toString()); // text where the user has set it
        largestMessage().ifPresent(limit -> producer.put(ProducerConfig.BATCH_SIZE_CONFIG, Math.min(wanted, limit)));
        return producer;
    }

    /** The smallest {@code max.message.bytes} of the topics; empty where we are not told, for want of rights say. */
    private OptionalInt largestMessage() {
        try (Admin admin = Admin.create(clients.admin())) {
            Map<ConfigResource, Config> configs = admin.describeConfigs(topics.stream()
                            .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                            .toList())
                    .all()
                    .get();
            return configs.values().stream()
                    .map(config -> config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG))
                    .mapToInt(entry -> Integer.parseInt(entry.value()))
                    .min();
        } catch (ExecutionException e) {
            LOG.debug("cannot look up max.message.bytes of {}: {}", topics, Reason.of(e));
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        }
    }
}
