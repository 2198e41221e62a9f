package loginstream.storage.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.apache.iceberg.io.FanoutDataWriter;
import org.apache.iceberg.io.OutputFileFactory;

/** Data files of a table that are part of no snapshot yet. */
final class TableFiles {
    private static final long LARGEST_BYTES = 256L << 20;

    private final Table table;

    TableFiles(Table table) {
        this.table = table;
    }

    /** For rows in any order. */
    RowWriter writer() {
        return new RowWriter(table, this, new FanoutDataWriter<>(writers(), freshNames(), table.io(), LARGEST_BYTES));
    }

    private GenericFileWriterFactory writers() {
        return new GenericFileWriterFactory.Builder(table)
                .dataFileFormat(FileFormat.PARQUET)
                .dataSchema(table.schema())
                .build();
    }

    private OutputFileFactory freshNames() {
        return OutputFileFactory.builderFor(table, 0, 0)
                .format(FileFormat.PARQUET)
                .operationId(UUID.randomUUID().toString())
                .build();
    }

    /** Writes rows of which those of a partition follow each other, without keeping them in memory. */
    List<DataFile> writeInOrder(CloseableIterable<Record> rows) {
        PartitionKey key = new PartitionKey(table.spec(), table.schema());
        InternalRecordWrapper values = new InternalRecordWrapper(table.schema().asStruct());
        ClusteredDataWriter<Record> writer =
                new ClusteredDataWriter<>(writers(), freshNames(), table.io(), LARGEST_BYTES);
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
