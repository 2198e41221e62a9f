package loginstream.storage.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.ClusteredDataWriter;
import org.apache.iceberg.io.OutputFileFactory;

/** Data files of a table: one for each partition, in the order of event times. They are part of no snapshot yet. */
final class TableFiles {
    private static final long LARGEST_BYTES = 256L << 20;

    private final Table table;

    TableFiles(Table table) {
        this.table = table;
    }

    /** Writes rows; they are sorted, so that only one file is open at once, however wrong the clocks were that made them. */
    List<DataFile> write(List<Record> rows) {
        rows.sort(Comparator.comparingLong(LoginSchema::eventMicros));
        return writeInOrder(CloseableIterable.withNoopClose(rows));
    }

    /** Writes rows of which those of a partition follow each other, without keeping them in memory. */
    List<DataFile> writeInOrder(CloseableIterable<Record> rows) {
        GenericFileWriterFactory writers = new GenericFileWriterFactory.Builder(table)
                .dataFileFormat(FileFormat.PARQUET)
                .dataSchema(table.schema())
                .build();
        OutputFileFactory names = OutputFileFactory.builderFor(table, 0, 0)
                .format(FileFormat.PARQUET)
                .operationId(UUID.randomUUID().toString())
                .build();
        PartitionKey key = new PartitionKey(table.spec(), table.schema());
        InternalRecordWrapper values = new InternalRecordWrapper(table.schema().asStruct());
        ClusteredDataWriter<Record> writer = new ClusteredDataWriter<>(writers, names, table.io(), LARGEST_BYTES);
        try (writer;
                rows) {
            for (Record row : rows) {
                key.partition(values.wrap(row));
                writer.write(row, table.spec(), key);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return writer.result().dataFiles();
    }

    /** Removes files that became part of no snapshot, as far as that works: what is left is cleaned up later. */
    void remove(List<DataFile> files) {
        for (DataFile file : files) {
            try {
                table.io().deleteFile(file.location());
            } catch (RuntimeException e) {
                return; // the storage is away
            }
        }
    }
}
