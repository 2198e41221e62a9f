package loginstream.storage.iceberg;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import loginstream.kafka.failure.Reason;
import loginstream.storage.Gathering;
import loginstream.storage.LoginStore;
import loginstream.storage.RefusedRowException;
import loginstream.storage.StoreUnavailableException;
import loginstream.storage.StoredLogin;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.CleanableFailure;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logins as rows of an Iceberg table. A batch is one snapshot, which also tells how far each partition of Kafka is stored;
 * rows and positions become visible in the same moment, or never. A batch that comes again is recognized by its positions,
 * and only what is missing of it is stored. Of several that store at once each makes its own snapshot: where another one has
 * been quicker with the same partitions, it is looked at again what is there.
 */
final class IcebergStore implements LoginStore {
    private static final Logger LOG = LoggerFactory.getLogger(IcebergStore.class);
    private static final int CONFLICTS = 20;
    private static final int PAUSE_MILLIS = 50;

    private static final int CARE_MINUTES = 10;

    private final IcebergSettings settings;
    private final LoginTable catalog;
    private ScheduledExecutorService care;

    IcebergStore(IcebergSettings settings) {
        this.settings = settings;
        this.catalog = new LoginTable(settings);
    }

    @Override
    public Gathering gathering() {
        return settings.gathering();
    }

    @Override
    public synchronized void begin() {
        care = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "snapshots");
            thread.setDaemon(true);
            return thread;
        });
        care.scheduleWithFixedDelay(this::takeCare, CARE_MINUTES, CARE_MINUTES, TimeUnit.MINUTES);
    }

    private void takeCare() {
        try {
            new TableCare(catalog.load()).expireSnapshots(settings.history());
        } catch (NoSuchTableException e) {
            LOG.debug("there is no table yet");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the sink closes
        } catch (RuntimeException e) {
            LOG.warn("old snapshots are not removed for now: {}", Reason.message(e));
        }
    }

    @Override
    public List<String> maintain() throws InterruptedException {
        try {
            TableCare tableCare = new TableCare(catalog.load());
            return List.of(
                    tableCare.joinSmallFiles(),
                    tableCare.expireSnapshots(settings.history()),
                    tableCare.removeOrphans());
        } catch (NoSuchTableException e) {
            return List.of("there is no table yet");
        } catch (RuntimeException e) {
            throw unavailable(e);
        }
    }

    @Override
    public void store(List<StoredLogin> logins, BiConsumer<StoredLogin, Exception> refused)
            throws InterruptedException {
        try {
            Table table = catalog.loadOrMake();
            List<Record> rows = rows(logins, table, refused);
            if (!rows.isEmpty()) {
                new Append(catalog, table, rows).commit();
            }
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            throw unavailable(e);
        }
    }

    private static List<Record> rows(
            List<StoredLogin> logins, Table table, BiConsumer<StoredLogin, Exception> refused) {
        List<Record> rows = new ArrayList<>(logins.size());
        for (StoredLogin login : logins) {
            try {
                rows.add(LoginSchema.row(login, table.schema().asStruct()));
            } catch (RefusedRowException e) {
                refused.accept(login, e);
            }
        }
        return rows;
    }

    /** Rows on their way into one snapshot. */
    private static final class Append {
        private final LoginTable catalog;
        private final Table table;
        private final TableFiles tableFiles;
        private final List<Record> rows;
        private final Map<TopicPartition, Long> ends = new HashMap<>();
        private StoredPositions stored;
        private Set<TopicPartition> there = Set.of();
        private List<DataFile> files = List.of();

        Append(LoginTable catalog, Table table, List<Record> rows) {
            this.catalog = catalog;
            this.table = table;
            this.tableFiles = new TableFiles(table);
            this.rows = rows;
            for (Record row : rows) {
                ends.merge(StoredRows.partition(row), (Long) row.getField(LoginSchema.OFFSET) + 1, Math::max);
            }
        }

        void commit() throws InterruptedException {
            for (int conflicts = 0; conflicts < CONFLICTS; conflicts++) {
                prepare();
                if (files.isEmpty() || isCommitted()) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(PAUSE_MILLIS));
                catalog.refresh(table);
            }
            tableFiles.remove(files);
            throw new StoreUnavailableException("the table takes nothing for now: others change it all the time");
        }

        /** Writes what is not there yet, unless it is known that this has been done. */
        private void prepare() {
            StoredPositions now = StoredPositions.of(table);
            if (stored != null && stored.agreesOn(ends.keySet(), now)) {
                stored = now;
                return;
            }
            tableFiles.remove(files);
            stored = now;
            List<Record> missing = missing();
            files = missing.isEmpty() ? List.of() : tableFiles.write(missing);
        }

        private List<Record> missing() {
            List<Record> missing = new ArrayList<>(rows.size());
            List<Record> perhaps = new ArrayList<>();
            for (Record row : rows) {
                TopicPartition partition = StoredRows.partition(row);
                boolean mayBeThere = stored.mayHold(
                        partition.topic(), partition.partition(), (Long) row.getField(LoginSchema.OFFSET));
                (mayBeThere ? perhaps : missing).add(row);
            }
            if (!perhaps.isEmpty()) {
                there = new StoredRows(table).removeFrom(perhaps);
                missing.addAll(perhaps);
            }
            return missing;
        }

        /** Whether it has committed; if not, somebody else was quicker. */
        private boolean isCommitted() {
            AppendFiles append = table.newAppend();
            files.forEach(append::appendFile);
            append.set(StoredPositions.PROPERTY, stored.with(ends, there).text());
            append.validateWith(ancestors -> StoredPositions.of(ancestors).equals(stored));
            try {
                append.commit();
                return true;
            } catch (CommitFailedException | ValidationException e) {
                return false;
            } catch (RuntimeException e) {
                if (e instanceof CleanableFailure) {
                    tableFiles.remove(files);
                }
                throw e; // nobody knows whether it is there; if so, its positions tell
            }
        }
    }

    @Override
    public void requireAvailable() throws InterruptedException {
        try {
            catalog.load();
        } catch (NoSuchTableException e) {
            return; // it is made with the first login
        } catch (RuntimeException e) {
            throw unavailable(e);
        }
    }

    private static StoreUnavailableException unavailable(RuntimeException e) {
        return new StoreUnavailableException("the table takes nothing for now: " + Reason.message(e));
    }

    @Override
    public synchronized void close() {
        if (care != null) {
            care.shutdownNow();
        }
        catalog.close();
    }

    @Override
    public String toString() {
        return settings.toString();
    }
}
