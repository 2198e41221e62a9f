package loginstream.delivery.settlement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
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

/**
 * Commits of which it is not known whether they have happened. The committed offsets tell, but only in partitions that
 * have been ours ever since: in any other one, somebody else may have handled the same records again and committed. A
 * commit happens as a whole, so one partition that is still ours speaks for all of it.
 */
final class InDoubt {
    private static final Duration LOOK_UP = Duration.ofSeconds(4);

    private final List<Commit> commits = new ArrayList<>();

    boolean isEmpty() {
        return commits.isEmpty();
    }

    /** All batches of them. */
    List<LoginBatch> batches() {
        return commits.stream().flatMap(commit -> commit.batches().stream()).toList();
    }

    void add(Commit doubtful) {
        commits.add(doubtful);
    }

    /**
     * These partitions are ours no longer.
     *
     * @return the batches of commits of which nothing will ever be known, since no partition of theirs is left
     */
    List<LoginBatch> forget(Collection<TopicPartition> partitions) {
        List<LoginBatch> unknown = new ArrayList<>();
        commits.replaceAll(commit -> {
            Map<TopicPartition, OffsetAndMetadata> left = new HashMap<>(commit.offsets());
            left.keySet().removeAll(partitions);
            return new Commit(commit.batches(), left);
        });
        commits.removeIf(commit -> commit.offsets().isEmpty() && unknown.addAll(commit.batches()));
        return unknown;
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
        commits.forEach(commit -> partitions.addAll(commit.offsets().keySet()));
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>(consumer.committed(partitions, LOOK_UP));
        committed.values().removeIf(Objects::isNull);
        List<LoginBatch> done = commits.stream()
                .filter(commit -> commit.offsets().entrySet().stream()
                        .allMatch(end -> isReached(committed.get(end.getKey()), end.getValue())))
                .flatMap(commit -> commit.batches().stream())
                .toList();
        commits.clear();
        return new Commit(done, committed);
    }

    private static boolean isReached(OffsetAndMetadata committed, OffsetAndMetadata end) {
        return committed != null && committed.offset() >= end.offset();
    }
}
