package loginstream.storage.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import loginstream.fixture.Cluster;
import loginstream.fixture.PostgresServer;
import loginstream.sandbox.ObjectStorage;
import loginstream.storage.StoredLogins;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.io.CloseableIterable;

/** A topic and the table that it is stored in. */
final class StoredTable extends StoredLogins {
    private StoredTable(Cluster cluster, List<String> location) {
        super(cluster, "iceberg", location);
    }

    /** A fresh topic, no table yet, and a snapshot every half a second. */
    static StoredTable fresh(Cluster cluster, PostgresServer server, ObjectStorage storage) {
        List<String> location = new ArrayList<>(storage.access());
        location.addAll(List.of(
                "loginstream.sink.iceberg.uri",
                server.freshDatabase(),
                "loginstream.sink.iceberg.username",
                "postgres",
                "loginstream.sink.iceberg.warehouse",
                storage.freshBucket(),
                "loginstream.sink.iceberg.commit-interval",
                "500ms"));
        return new StoredTable(cluster, location);
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

    @Override
    public long count() {
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

    @Override
    public void assertEachOnce(int count) {
        List<Record> rows = rows();
        Set<String> numbers = new HashSet<>();
        rows.forEach(row ->
                numbers.add(((Map<?, ?>) row.getField("extensions")).get("n").toString()));
        assertThat(rows).hasSize(count);
        assertThat(numbers).hasSize(count);
        assertThat(refusals()).isZero();
    }
}
