package loginstream.storage.iceberg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.SnapshotUtil;
import org.apache.kafka.common.TopicPartition;

/**
 * How far each partition of Kafka is stored: no record at such an offset, or beyond it, is in the table. It is in the summary
 * of each snapshot that a sink has made, and so is true of exactly what the snapshot holds.
 */
final class StoredPositions {
    static final String PROPERTY = "loginstream.positions";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<TreeMap<String, TreeMap<Integer, Long>>> TYPE = new TypeReference<>() {};

    /** No topic has such a name: stands for all partitions that are not named, where the table may hold anything of them. */
    private static final String OTHERS = "*";

    private final TreeMap<String, TreeMap<Integer, Long>> positions;

    private StoredPositions(TreeMap<String, TreeMap<Integer, Long>> positions) {
        this.positions = positions;
    }

    /** Those of the table as it was last loaded. */
    static StoredPositions of(Table table) {
        return of(SnapshotUtil.currentAncestors(table));
    }

    /**
     * Those of the latest snapshot that tells them: others than sinks, which compact tables for example, do not.
     *
     * @param ancestors the latest first
     */
    static StoredPositions of(Iterable<Snapshot> ancestors) {
        return ofSummaries(CloseableIterable.transform(CloseableIterable.withNoopClose(ancestors), Snapshot::summary));
    }

    static StoredPositions ofSummaries(Iterable<Map<String, String>> summaries) {
        TreeMap<String, TreeMap<Integer, Long>> positions = new TreeMap<>();
        for (Map<String, String> summary : summaries) {
            String text = summary.get(PROPERTY);
            if (text != null) {
                return new StoredPositions(parse(text));
            }
            positions.put(OTHERS, new TreeMap<>());
        }
        return new StoredPositions(positions);
    }

    private static TreeMap<String, TreeMap<Integer, Long>> parse(String text) {
        try {
            return JSON.readValue(text, TYPE);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(PROPERTY + " of a snapshot cannot be read: " + text, e);
        }
    }

    /** Whether a record may be in the table; if not, it is not. */
    boolean mayHold(TopicPartition partition, long offset) {
        return offset < of(partition);
    }

    /** The same. */
    boolean mayHold(String topic, int partition, long offset) {
        return offset < of(topic, partition);
    }

    private long of(TopicPartition partition) {
        return of(partition.topic(), partition.partition());
    }

    private long of(String topic, int partition) {
        Map<Integer, Long> partitions = positions.getOrDefault(topic, new TreeMap<>());
        return partitions.getOrDefault(partition, positions.containsKey(OTHERS) ? Long.MAX_VALUE : 0);
    }

    /** Whether nothing was stored of these partitions between the two. */
    boolean agreesOn(Collection<TopicPartition> partitions, StoredPositions other) {
        return partitions.stream().allMatch(partition -> of(partition) == other.of(partition));
    }

    /**
     * The same, once these are stored.
     *
     * @param ends the offset after the last record of each partition
     * @param there partitions of which some of these records were there before
     */
    StoredPositions with(Map<TopicPartition, Long> ends, Set<TopicPartition> there) {
        TreeMap<String, TreeMap<Integer, Long>> next = new TreeMap<>();
        positions.forEach((topic, partitions) -> next.put(topic, new TreeMap<>(partitions)));
        ends.forEach((partition, end) -> {
            if (of(partition) == Long.MAX_VALUE && there.contains(partition)) {
                return; // what follows may be there as well
            }
            next.computeIfAbsent(partition.topic(), topic -> new TreeMap<>())
                    .merge(partition.partition(), end, Math::max);
        });
        return new StoredPositions(next);
    }

    /** As it stands in summaries. */
    String text() {
        try {
            return JSON.writeValueAsString(positions);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredPositions stored && positions.equals(stored.positions);
    }

    @Override
    public int hashCode() {
        return positions.hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
