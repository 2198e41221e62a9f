package loginstream.delivery.settlement;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import loginstream.storage.Gathering;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The batches that went through the route since the last commit. A commit takes several round trips, so under load many
 * batches share one; it is due as soon as nothing more is there to be handled, or after a fraction of a second. Where
 * logins are gathered, it is due when there are enough of them, or the first has waited for long enough.
 */
final class Uncommitted {
    /** More is not gathered, however few records it is: they are kept in memory, and as much again while they commit. */
    static final long MOST_BYTES = 64L << 20;

    /**
     * For how long batches share a commit while more of them come: a commit costs the brokers as much as hundreds of records.
     * But what waits for one takes memory, and comes again if it fails.
     */
    private static final Duration SHARED = Duration.ofMillis(50);
    /** So many are enough: of more a fast machine only keeps more in memory, for the collector to copy. */
    static final int ENOUGH = 30_000;

    private final Gathering gathering;
    private final Clock clock;
    private final List<LoginBatch> batches = new ArrayList<>();
    private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    private int records;
    private long bytes;
    private Instant since = Instant.EPOCH;

    Uncommitted(Gathering gathering, Clock clock) {
        this.gathering = gathering;
        this.clock = clock;
    }

    boolean isEmpty() {
        return batches.isEmpty();
    }

    /** A batch begins its way through the route: the time of a slow step counts, as the brokers count it too. */
    void handedOut() {
        if (batches.isEmpty()) {
            since = clock.instant();
        }
    }

    void add(LoginBatch batch) {
        batches.add(batch);
        records += batch.size();
        if (gathering.isAny()) {
            batch.forEach(login -> bytes += Math.max(0, login.source().serializedValueSize()));
        }
        offsets.putAll(offsets(batch)); // now, as long as the processor has its records at hand
    }

    /** Whether there are enough of them, or it is long enough since the first of them was handed out. */
    boolean isDue() {
        int enough = gathering.isAny() ? gathering.records() : ENOUGH;
        return !batches.isEmpty() && (records >= enough || bytes >= MOST_BYTES || due().isZero());
    }

    /** How long until what is there is due, if no more come. */
    Duration due() {
        Duration atMost = gathering.isAny() ? gathering.atMost() : SHARED;
        return CommitRhythm.left(since, atMost, clock);
    }

    /** Takes all of them out. */
    Commit drain() {
        Commit commit = new Commit(List.copyOf(batches), Map.copyOf(offsets));
        batches.clear();
        records = 0;
        bytes = 0;
        offsets.clear();
        return commit;
    }

    /** For each partition, the offset after the batch's last record of it. */
    static Map<TopicPartition, OffsetAndMetadata> offsets(LoginBatch batch) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        ConsumerRecord<byte[], byte[]> last = null;
        for (Login login : batch) {
            ConsumerRecord<byte[], byte[]> source = login.source();
            if (last != null
                    && (source.partition() != last.partition()
                            || !source.topic().equals(last.topic()))) {
                put(offsets, last);
            }
            last = source;
        }
        put(offsets, last);
        return offsets;
    }

    private static void put(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerRecord<byte[], byte[]> last) {
        if (last != null) {
            offsets.put(
                    new TopicPartition(last.topic(), last.partition()),
                    new OffsetAndMetadata(last.offset() + 1, last.leaderEpoch(), ""));
        }
    }
}
