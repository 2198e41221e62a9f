package loginstream.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;

/** Creates topics for use at once. */
public final class TopicCreation {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

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
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!haveLeaders(admin, partitions)) {
            if (System.nanoTime() > deadline) {
                throw new ExecutionException(new TimeoutException("new topics have no leaders after " + PATIENCE));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** The brokers learn of a new topic one after the other, and each tells what it knows. */
    private static boolean haveLeaders(Admin admin, Map<TopicPartition, OffsetSpec> partitions)
            throws ExecutionException, InterruptedException {
        try {
            admin.listOffsets(partitions).all().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException) {
                return false;
            }
            throw e;
        }
    }

    private static Stream<TopicPartition> partitions(NewTopic topic) {
        return IntStream.range(0, topic.numPartitions()).mapToObj(i -> new TopicPartition(topic.name(), i));
    }
}
