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
    private final Table table;

    /** What tells one row from every other one: a topic that was made anew begins at the same offsets again. */
    private record Identity(TopicPartition partition, long offset, long eventMicros) {
        static Identity of(Record row) {
            return new Identity(
                    StoredRows.partition(row), (Long) row.getField(LoginSchema.OFFSET), LoginSchema.eventMicros(row));
        }
    }

    StoredRows(Table table) {
        this.table = table;
    }

    static TopicPartition partition(Record row) {
        return new TopicPartition(
                (String) row.getField(LoginSchema.TOPIC), (Integer) row.getField(LoginSchema.PARTITION));
    }

    /**
     * Takes out those that are there: by the statistics of its files, little of the table is read for it.
     *
     * @return the partitions of which there were some
     */
    Set<TopicPartition> removeFrom(List<Record> rows) {
        Map<TopicPartition, LongSummaryStatistics> offsets = new HashMap<>();
        LongSummaryStatistics times = new LongSummaryStatistics();
        for (Record row : rows) {
            offsets.computeIfAbsent(partition(row), any -> new LongSummaryStatistics())
                    .accept((Long) row.getField(LoginSchema.OFFSET));
            times.accept(LoginSchema.eventMicros(row));
        }
        Set<Identity> there = new HashSet<>();
        offsets.forEach((partition, range) -> there.addAll(identities(Expressions.and(
                Expressions.equal(LoginSchema.TOPIC, partition.topic()),
                Expressions.equal(LoginSchema.PARTITION, partition.partition()),
                between(LoginSchema.OFFSET, range),
                between(LoginSchema.EVENT_TIME, times)))));
        Set<TopicPartition> found = new HashSet<>();
        rows.removeIf(row -> {
            boolean isThere = there.contains(Identity.of(row));
            if (isThere) {
                found.add(partition(row));
            }
            return isThere;
        });
        return found;
    }

    private static Expression between(String column, LongSummaryStatistics range) {
        return Expressions.and(
                Expressions.greaterThanOrEqual(column, range.getMin()),
                Expressions.lessThanOrEqual(column, range.getMax()));
    }

    private Set<Identity> identities(Expression where) {
        Set<Identity> found = new HashSet<>();
        try (CloseableIterable<Record> rows = IcebergGenerics.read(table)
                .where(where)
                .select(LoginSchema.TOPIC, LoginSchema.PARTITION, LoginSchema.OFFSET, LoginSchema.EVENT_TIME)
                .build()) {
            rows.forEach(row -> found.add(Identity.of(row)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
