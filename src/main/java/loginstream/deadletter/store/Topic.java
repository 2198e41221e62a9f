package loginstream.deadletter.store;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** A topic as the brokers describe it. */
record Topic(String name, String id, int partitions, int replicas) {

    /** Empty if it is not there. */
    static Optional<Topic> find(Admin admin, String name) throws Exception {
        try {
            return Optional.of(of(KafkaFutures.get(
                    admin.describeTopics(List.of(name)).topicNameValues().get(name))));
        } catch (UnknownTopicOrPartitionException e) {
            return Optional.empty();
        } catch (TopicAuthorizationException e) { // the brokers do not say of which
            throw new TopicAuthorizationException(Set.of(name));
        }
    }

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
