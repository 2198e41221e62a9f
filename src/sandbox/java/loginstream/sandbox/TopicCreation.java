package loginstream.sandbox;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Creates topics for use at once. */
public final class TopicCreation {
    private TopicCreation() {}

    /**
     * Creates topics and waits until every partition has a leader that answers. Without that wait, the first batch of a
     * producer can be refused and the second accepted, and the first then never fits any more.
     */
    public static void createAndAwait(Admin admin, List<NewTopic> topics)
            throws ExecutionException, InterruptedException {
        admin.createTopics(topics).all().get();
        Map<TopicPartition, OffsetSpec> partitions = topics.stream()
                .flatMap(TopicCreation::partitions)
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        admin.listOffsets(partitions).all().get(); // asks the leaders, and asks again until there are
    }

    private static Stream<TopicPartition> partitions(NewTopic topic) {
        return IntStream.range(0, topic.numPartitions()).mapToObj(i -> new TopicPartition(topic.name(), i));
    }
}
