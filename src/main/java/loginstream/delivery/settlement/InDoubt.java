package loginstream.delivery.settlement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import loginstream.login.LoginBatch;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Batches of which it is not known whether they committed. */
final class InDoubt {
    private static final Duration LOOK_UP = Duration.ofSeconds(5);

    private final List<LoginBatch> batches = new ArrayList<>();

    boolean isEmpty() {
        return batches.isEmpty();
    }

    void add(List<LoginBatch> doubtful) {
        batches.addAll(doubtful);
    }

    /**
     * The committed offsets tell what has become of them. To be asked once no transaction is pending any more.
     *
     * @param others partitions whose offsets are looked up beside theirs
     * @return the batches that have committed, and all committed offsets
     * @throws org.apache.kafka.common.KafkaException if the brokers cannot be asked; then they stay in doubt
     */
    Commit resolve(Consumer<?, ?> consumer, Set<TopicPartition> others) {
        Set<TopicPartition> partitions = new HashSet<>(others);
        batches.forEach(batch -> partitions.addAll(Uncommitted.offsets(batch).keySet()));
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>(consumer.committed(partitions, LOOK_UP));
        committed.values().removeIf(Objects::isNull);
        List<LoginBatch> done = batches.stream()
                .filter(batch -> Uncommitted.offsets(batch).entrySet().stream()
                        .allMatch(end -> isReached(committed.get(end.getKey()), end.getValue())))
                .toList();
        batches.clear();
        return new Commit(done, committed);
    }

    private static boolean isReached(OffsetAndMetadata committed, OffsetAndMetadata end) {
        return committed != null && committed.offset() >= end.offset();
    }
}
