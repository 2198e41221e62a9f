package loginstream.storage.iceberg;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FanoutDataWriter;

/** Writes rows as they come into data files: one for each partition of the table. They are part of no snapshot yet. */
final class RowWriter implements Closeable {
    /** So many files are open at once; rows of further partitions, as wrong clocks make them, wait and are sorted. */
    private static final int OPEN = 8;

    private final Table table;
    private final TableFiles tableFiles;
    private final FanoutDataWriter<Record> writer;
    private final PartitionKey key;
    private final InternalRecordWrapper values;
    private final Set<PartitionKey> open = new HashSet<>();
    private final List<Record> others = new ArrayList<>();
    /** The columns that partitions are made of. */
    private final int[] sources;

    private Record last;
    private boolean isOpen;

    RowWriter(Table table, TableFiles tableFiles, FanoutDataWriter<Record> writer) {
        this.table = table;
        this.tableFiles = tableFiles;
        this.writer = writer;
        this.key = new PartitionKey(table.spec(), table.schema());
        this.values = new InternalRecordWrapper(table.schema().asStruct());
        this.sources = table.spec().fields().stream()
                .mapToInt(
                        field -> table.schema().columns().indexOf(table.schema().findField(field.sourceId())))
                .toArray();
    }

    void write(Record row) {
        if (last == null || !hasSameSources(row)) {
            key.partition(values.wrap(row));
            isOpen = open.contains(key) || open.size() < OPEN && open.add(key.copy());
        }
        last = row;
        if (isOpen) {
            writer.write(row, table.spec(), key);
        } else {
            others.add(row);
        }
    }

    /** Whether it surely belongs to the partition of the last one: it has the very same objects where it matters. */
    private boolean hasSameSources(Record row) {
        for (int source : sources) {
            if (source < 0 || row.get(source) != last.get(source)) { // negative: within another column
                return false;
            }
        }
        return true;
    }

    /** All that has been written; nothing more can be. */
    List<DataFile> files() {
        close();
        List<DataFile> files = new ArrayList<>(writer.result().dataFiles());
        if (!others.isEmpty()) {
            others.sort(Comparator.comparing(LoginSchema::eventTime));
            files.addAll(tableFiles.writeInOrder(CloseableIterable.withNoopClose(others)));
        }
        return files;
    }

    /** Closes all files, though the first that cannot be closed keeps those behind it open. */
    @Override
    public void close() {
        RuntimeException failure = null;
        for (int file = 0; file <= open.size(); file++) {
            try {
                writer.close();
                break;
            } catch (IOException e) {
                failure = new UncheckedIOException(e);
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
