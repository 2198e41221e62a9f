package loginstream.storage.iceberg;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import loginstream.config.Settings;
import loginstream.fixture.Cluster;
import loginstream.fixture.PostgresServer;
import loginstream.fixture.TestTopics;
import loginstream.sandbox.ObjectStorage;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.io.CloseableIterable;
import org.awaitility.Awaitility;

/**
 * A topic and the table that it is stored in.
 *
 * @param topics of the pipeline whose output is stored
 * @param location settings of the table
 */
record StoredTable(Cluster cluster, TestTopics topics, List<String> location) {
    private static final String SINK = "iceberg";

    /** One with two partitions, no table yet, and a snapshot every half a second. */
    static StoredTable fresh(Cluster cluster, PostgresServer server, ObjectStorage storage) {
        TestTopics topics = cluster.freshTopics(2);
        cluster.create(List.of(topics.refusedBy(SINK)));
        List<String> location = new ArrayList<>(storage.access());
        location.addAll(List.of(
                "loginstream.sink",
                SINK,
                "loginstream.sink.iceberg.uri",
                server.freshDatabase(),
                "loginstream.sink.iceberg.username",
                "postgres",
                "loginstream.sink.iceberg.warehouse",
                storage.freshBucket(),
                "loginstream.sink.iceberg.commit-interval",
                "500ms"));
        return new StoredTable(cluster, topics, location);
    }

    /** Where what the sink cannot store goes. */
    String refused() {
        return topics.refusedBy(SINK);
    }

    /** Settings of the sink. */
    Settings settings(String... overrides) {
        return Settings.load(properties(overrides), Map.of());
    }

    /** The same as system properties, for a process. */
    Properties properties(String... overrides) {
        List<String> all = new ArrayList<>(location);
        all.addAll(List.of(overrides));
        return topics.properties(cluster, all.toArray(String[]::new));
    }

    /** The table as it is now. */
    void with(Consumer<Table> reader) {
        try (LoginTable table = new LoginTable(settings().read(IcebergSettings::read))) {
            reader.accept(table.load());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** How many rows there are. */
    long count() {
        long[] count = {0};
        try {
            with(table -> {
                if (table.currentSnapshot() != null) {
                    count[0] =
                            Long.parseLong(table.currentSnapshot().summary().get(SnapshotSummary.TOTAL_RECORDS_PROP));
                }
            });
        } catch (NoSuchTableException e) {
            return 0;
        }
        return count[0];
    }

    /** How many data files there are. */
    long files() {
        long[] count = {0};
        with(table -> count[0] =
                Long.parseLong(table.currentSnapshot().summary().get(SnapshotSummary.TOTAL_DATA_FILES_PROP)));
        return count[0];
    }

    /** Its rows, as Iceberg's own reader finds them. */
    List<Record> rows() {
        List<Record> rows = new ArrayList<>();
        with(table -> {
            try (CloseableIterable<Record> found = IcebergGenerics.read(table).build()) {
                found.forEach(rows::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return rows;
    }

    /** Whether everything in the topic is done with. */
    boolean isComplete() {
        return cluster.isCaughtUp(topics.output(), topics.groupOf(SINK));
    }

    void await() {
        Awaitility.await().atMost(60, SECONDS).until(this::isComplete);
    }

    /** Each of so many logins is one row, and none was refused. */
    void assertEachOnce(int count) {
        List<Record> rows = rows();
        Set<String> numbers = new HashSet<>();
        rows.forEach(row ->
                numbers.add(((Map<?, ?>) row.getField("extensions")).get("n").toString()));
        assertThat(rows).hasSize(count);
        assertThat(numbers).hasSize(count);
        assertThat(cluster.readCommitted(refused())).isEmpty();
    }
}
