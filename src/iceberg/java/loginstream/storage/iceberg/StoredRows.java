package loginstream.storage.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.kafka.common.TopicPartition;

/** Which of some rows are in the table already. */
final class StoredRows {
    private final Set<Identity> there = new HashSet<>();
    private final Set<TopicPartition> partitions = new HashSet<>();

    /** What tells one row from every other one: a topic that was made anew begins at the same offsets again. */
    private record Identity(TopicPartition partition, long offset, long eventMicros) {
        static Identity of(Record row) {
            return new Identity(
                    StoredRows.partition(row), (Long) row.getField(LoginSchema.OFFSET), LoginSchema.eventMicros(row));
        }
    }

    /** Looks these up: by the statistics of its files, little of the table is read for it. */
    StoredRows(Table table, List<Record> rows) {
        Map<TopicPartition, LongSummaryStatistics> offsets = new HashMap<>();
        LongSummaryStatistics times = new LongSummaryStatistics();
        for (Record row : rows) {
            offsets.computeIfAbsent(partition(row), any -> new LongSummaryStatistics())
                    .accept((Long) row.getField(LoginSchema.OFFSET));
            times.accept(LoginSchema.eventMicros(row));
        }
        offsets.forEach((partition, range) -> lookUp(
                table,
                Expressions.and(
                        Expressions.equal(LoginSchema.TOPIC, partition.topic()),
                        Expressions.equal(LoginSchema.PARTITION, partition.partition()),
                        between(LoginSchema.OFFSET, range),
                        between(LoginSchema.EVENT_TIME, times))));
        rows.stream().filter(this::hold).forEach(row -> partitions.add(partition(row)));
    }

    private static TopicPartition partition(Record row) {
        return new TopicPartition(
                (String) row.getField(LoginSchema.TOPIC), (Integer) row.getField(LoginSchema.PARTITION));
    }

    /** Whether this one is there. */
    boolean hold(Record row) {
        return !there.isEmpty() && there.contains(Identity.of(row));
    }

    /** The partitions of which some of the rows are there. */
    Set<TopicPartition> partitions() {
        return partitions;
    }

    private static Expression between(String column, LongSummaryStatistics range) {
        return Expressions.and(
                Expressions.greaterThanOrEqual(column, range.getMin()),
                Expressions.lessThanOrEqual(column, range.getMax()));
    }

    private void lookUp(Table table, Expression where) {
        try (CloseableIterable<Record> rows = IcebergGenerics.read(table)
                .where(where)
                .select(LoginSchema.TOPIC, LoginSchema.PARTITION, LoginSchema.OFFSET, LoginSchema.EVENT_TIME)
                .build()) {
            rows.forEach(row -> there.add(Identity.of(row)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
