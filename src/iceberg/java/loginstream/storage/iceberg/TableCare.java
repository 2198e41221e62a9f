package loginstream.storage.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.CombinedScanTask;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ReachableFileUtil;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsPrefixOperations;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.util.SnapshotUtil;
import org.apache.iceberg.util.StructLikeMap;
import org.apache.iceberg.util.TableScanUtil;

/** What a table needs from time to time, though it would be right without. */
final class TableCare {
    /** Never fewer than these are kept. */
    private static final int LAST_SNAPSHOTS = 10;
    /** Files from this size on stay as they are. */
    private static final long SMALL_BYTES = 32L << 20;
    /** What is joined at once. */
    private static final long JOINED_BYTES = 128L << 20;

    private static final int MANY = 4;
    /** Younger files may belong to a snapshot that is just being made. */
    private static final Duration ORPHAN_AGE = Duration.ofDays(1);

    private final Table table;

    TableCare(Table table) {
        this.table = table;
    }

    /** Forgets snapshots that are older; what no other one needs is removed with them. */
    String expireSnapshots(Duration history) {
        Set<Long> before = snapshots();
        long until = Math.min(Instant.now().minus(history).toEpochMilli(), latestWithPositions());
        table.expireSnapshots()
                .expireOlderThan(until)
                .retainLast(LAST_SNAPSHOTS)
                .commit();
        table.refresh();
        Set<Long> removed = new HashSet<>(before);
        removed.removeAll(snapshots()); // among which may be others that came meanwhile
        return "snapshots: " + removed.size() + " of " + before.size() + " removed";
    }

    /** When the latest snapshot was made that tells how far each partition is stored: it has to stay. */
    private long latestWithPositions() {
        for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
            if (snapshot.summary().containsKey(StoredPositions.PROPERTY)) {
                return snapshot.timestampMillis();
            }
        }
        return Long.MAX_VALUE;
    }

    private Set<Long> snapshots() {
        Set<Long> ids = new HashSet<>();
        table.snapshots().forEach(snapshot -> ids.add(snapshot.snapshotId()));
        return ids;
    }

    /** Joins small files of the same partition, some at once; those of which rows were deleted stay as they are. */
    String joinSmallFiles() {
        if (table.currentSnapshot() == null) {
            return "files: none yet";
        }
        long planned = table.currentSnapshot().snapshotId();
        StructLikeMap<List<FileScanTask>> partitions =
                StructLikeMap.create(table.spec().partitionType());
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            for (FileScanTask task : tasks) {
                DataFile file = task.file();
                if (file.fileSizeInBytes() < SMALL_BYTES
                        && task.deletes().isEmpty()
                        && file.specId() == table.spec().specId()) {
                    partitions
                            .computeIfAbsent(file.partition(), any -> new ArrayList<>())
                            .add(task);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int joined = 0;
        int made = 0;
        for (List<FileScanTask> partition : partitions.values()) {
            for (CombinedScanTask group :
                    TableScanUtil.planTasks(CloseableIterable.withNoopClose(partition), JOINED_BYTES, MANY, 1)) {
                if (group.files().size() >= MANY) {
                    joined += group.files().size();
                    made += join(group.files(), planned);
                }
            }
        }
        return "files: " + joined + " small ones joined to " + made;
    }

    /** Of one partition. */
    private int join(Collection<FileScanTask> tasks, long planned) {
        List<DataFile> joined = new TableFiles(table)
                .writeInOrder(CloseableIterable.concat(
                        CloseableIterable.transform(CloseableIterable.withNoopClose(tasks), this::rowsOf)));
        RewriteFiles rewrite = table.newRewrite().validateFromSnapshot(planned);
        tasks.forEach(task -> rewrite.deleteFile(task.file()));
        joined.forEach(rewrite::addFile);
        rewrite.commit();
        table.refresh();
        return joined.size();
    }

    private CloseableIterable<Record> rowsOf(FileScanTask task) {
        return Parquet.read(table.io().newInputFile(task.file().location()))
                .project(table.schema())
                .createReaderFunc(file -> GenericParquetReaders.buildReader(table.schema(), file))
                .build();
    }

    /** Removes files that no snapshot needs: those of a sink that was killed, or could not know what had become of them. */
    String removeOrphans() {
        if (!(table.io() instanceof SupportsPrefixOperations storage)) {
            return "orphans: not looked for, as the storage lists no files";
        }
        Set<String> needed = neededFiles();
        long youngest = Instant.now().minus(ORPHAN_AGE).toEpochMilli();
        AtomicInteger removed = new AtomicInteger();
        for (FileInfo file : storage.listPrefix(table.location() + "/")) {
            if (file.createdAtMillis() < youngest && !needed.contains(file.location())) {
                table.io().deleteFile(file.location());
                removed.incrementAndGet();
            }
        }
        return "orphans: " + removed + " files removed that no snapshot needs";
    }

    private Set<String> neededFiles() {
        Set<String> needed = new HashSet<>(ReachableFileUtil.metadataFileLocations(table, true));
        needed.addAll(ReachableFileUtil.manifestListLocations(table));
        needed.addAll(ReachableFileUtil.statisticsFilesLocations(table));
        Set<ManifestFile> manifests = new HashSet<>();
        table.snapshots().forEach(snapshot -> manifests.addAll(snapshot.allManifests(table.io())));
        for (ManifestFile manifest : manifests) {
            needed.add(manifest.path());
            try (CloseableIterable<String> paths = ManifestFiles.readPaths(manifest, table.io(), table.specs())) {
                paths.forEach(needed::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return needed;
    }
}
