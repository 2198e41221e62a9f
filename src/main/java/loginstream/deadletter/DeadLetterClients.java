package loginstream.deadletter;

import java.util.List;
import java.util.stream.IntStream;
import loginstream.config.Settings;
import loginstream.kafka.AdminClients;
import loginstream.kafka.ClientProperties;
import loginstream.kafka.Reason;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The Kafka clients that reading and redriving need, and one clear line for what they may throw. */
final class DeadLetterClients {
    private final Settings settings;
    private final ClientProperties properties;

    /** A topic as the brokers describe it. */
    record Topic(String name, String id, int partitions, int replicas) {
        private static Topic of(TopicDescription description) {
            return new Topic(
                    description.name(),
                    description.topicId().toString(),
                    description.partitions().size(),
                    description.partitions().get(0).replicas().size());
        }

        List<TopicPartition> topicPartitions() {
            return IntStream.range(0, partitions)
                    .mapToObj(i -> new TopicPartition(name, i))
                    .toList();
        }
    }

    DeadLetterClients(Settings settings) {
        this.settings = settings;
        this.properties = new ClientProperties(settings);
    }

    Settings.Topics topics() {
        return settings.topics();
    }

    Admin admin() {
        return AdminClients.open(properties);
    }

    Consumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(properties.reader());
    }

    Producer<byte[], byte[]> producer(String transactionalId) {
        return new KafkaProducer<>(properties.shortTransactions(transactionalId));
    }

    /** Describes the dead-letter topic. */
    Topic deadLetterTopic(Admin admin) throws Exception {
        Topic topic = find(admin, topics().deadLetter());
        if (topic == null) {
            throw new DeadLetterException("the dead-letter topic " + topics().deadLetter() + " is not there on "
                    + settings.kafka().bootstrapServers());
        }
        return topic;
    }

    /** Describes the input topic, where redriven records go. */
    Topic inputTopic(Admin admin) throws Exception {
        Topic topic = find(admin, topics().input());
        if (topic == null) {
            throw new DeadLetterException("the input topic " + topics().input() + " is not there on "
                    + settings.kafka().bootstrapServers());
        }
        return topic;
    }

    /** Describes a topic; null if it is not there. */
    static Topic find(Admin admin, String name) throws Exception {
        try {
            return Topic.of(KafkaFutures.get(
                    admin.describeTopics(List.of(name)).topicNameValues().get(name)));
        } catch (UnknownTopicOrPartitionException e) {
            return null;
        }
    }

    /** Something that is done with the brokers. */
    interface Work<T> {
        T run() throws Exception;
    }

    /** Does it, and turns what Kafka's clients throw into one line. */
    <T> T telling(Work<T> work) {
        try {
            return work.run();
        } catch (DeadLetterException e) {
            throw e;
        } catch (InterruptedException | InterruptException e) {
            Thread.currentThread().interrupt();
            throw new DeadLetterException("interrupted", e);
        } catch (TimeoutException e) {
            throw new DeadLetterException(
                    settings.kafka().bootstrapServers() + " cannot be reached: " + e.getMessage(), e);
        } catch (AuthenticationException | AuthorizationException e) {
            throw new DeadLetterException(settings.kafka().bootstrapServers() + " refuses: " + e.getMessage(), e);
        } catch (KafkaException e) {
            throw new DeadLetterException(Reason.message(e), e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new DeadLetterException(e.getMessage(), e);
        }
    }
}
