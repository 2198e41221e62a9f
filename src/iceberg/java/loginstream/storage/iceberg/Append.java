package loginstream.storage.iceberg;

import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import loginstream.login.Login;
import loginstream.storage.RefusedRowException;
import loginstream.storage.StoreTransaction;
import loginstream.storage.StoreUnavailableException;
import loginstream.storage.StoredLogin;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.CleanableFailure;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Logins on their way into one snapshot. Each is turned into a row and written into an open file; those that the table may
 * hold already, as they come again, wait as rows and are looked up when the snapshot is made.
 */
final class Append implements StoreTransaction {
    private static final int CONFLICTS = 20;
    private static final int PAUSE_MILLIS = 50;

    private final LoginTable catalog;
    /** The offsets of each partition, of what is written and of what has to be looked up. */
    private final Offsets written = new Offsets();

    private final Offsets lookedUp = new Offsets();

    private final List<Record> perhapsThere = new ArrayList<>();
    private Table table;
    private StoredPositions atBegin;
    private LoginRows rows;
    private RowWriter writer;
    private List<DataFile> files;
    /** Why the file is of no use any more. */
    private RuntimeException broken;

    Append(LoginTable catalog) {
        this.catalog = catalog;
    }

    @Override
    public synchronized void store(List<Login> logins, BiConsumer<Login, Exception> refused)
            throws InterruptedException {
        try {
            open();
            for (Login login : logins) {
                try {
                    add(login.source(), rows.of(StoredLogin.of(login)));
                } catch (RefusedRowException e) {
                    refused.accept(login, e);
                }
            }
        } catch (RuntimeException e) {
            throw unavailable(e);
        }
    }

    private void open() throws InterruptedException {
        if (broken != null) {
            throw broken;
        }
        if (table == null) {
            Table loaded = catalog.loadOrMake();
            atBegin = StoredPositions.of(loaded);
            rows = new LoginRows(loaded.schema().asStruct());
            writer = new TableFiles(loaded).writer();
            table = loaded;
        }
    }

    private void add(ConsumerRecord<?, ?> source, Record row) {
        if (atBegin.mayHold(source.topic(), source.partition(), source.offset())) {
            lookedUp.add(source);
            perhapsThere.add(row);
        } else {
            written.add(source);
            write(row);
        }
    }

    private void write(Record row) {
        try {
            writer.write(row);
        } catch (RuntimeException e) {
            broken = e;
            throw e;
        }
    }

    @Override
    public synchronized void commit() throws InterruptedException {
        if (table == null) {
            return; // nothing was taken
        }
        try {
            open();
            commitSnapshot();
        } catch (ConcurrentModificationException e) {
            throw e;
        } catch (RuntimeException e) {
            throw unavailable(e);
        }
    }

    private void commitSnapshot() throws InterruptedException {
        StoredRows there = null;
        StoredPositions before = null;
        for (int conflicts = 0; conflicts < CONFLICTS; conflicts++) {
            catalog.refresh(table);
            StoredPositions now = StoredPositions.of(table);
            requireAhead(before, now);
            if (there == null) {
                there = new StoredRows(table, perhapsThere);
                perhapsThere.stream().filter(Predicate.not(there::hold)).forEach(this::write);
                files = writer.files();
            }
            if (files.isEmpty() || isCommitted(now, there.partitions())) {
                return;
            }
            before = now;
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(PAUSE_MILLIS));
        }
        throw new StoreUnavailableException("the table takes nothing for now: others change it all the time");
    }

    /**
     * What is written must not be there, and what was looked up must be as it was.
     *
     * @param before the positions when it was looked up, or null
     * @throws ConcurrentModificationException if somebody else has stored the same partitions meanwhile
     */
    private void requireAhead(StoredPositions before, StoredPositions now) {
        if (written.firsts().entrySet().stream().anyMatch(first -> now.mayHold(first.getKey(), first.getValue()))
                || before != null && !before.agreesOn(lookedUp.firsts().keySet(), now)) {
            throw new ConcurrentModificationException("somebody else has stored the same partitions meanwhile");
        }
    }

    /** Whether it has committed; if not, somebody else was quicker. */
    private boolean isCommitted(StoredPositions now, Set<TopicPartition> there) {
        AppendFiles append = table.newAppend();
        files.forEach(append::appendFile);
        Map<TopicPartition, Long> ends = new HashMap<>(lookedUp.ends());
        ends.putAll(written.ends()); // what was looked up lies before
        append.set(StoredPositions.PROPERTY, now.with(ends, there).text());
        append.validateWith(ancestors -> StoredPositions.of(ancestors).equals(now));
        try {
            append.commit();
            return true;
        } catch (CommitFailedException | ValidationException e) {
            return false;
        } catch (RuntimeException e) {
            if (!(e instanceof CleanableFailure)) {
                files = List.of(); // nobody knows whether they are part of the table; if so, its positions tell
            }
            throw e;
        }
    }

    /** What is left behind where the storage is away is cleaned up later. */
    @Override
    public synchronized void rollback() {
        if (table != null) {
            new TableFiles(table).remove(files == null ? writer.files() : files);
        }
    }

    private static StoreUnavailableException unavailable(RuntimeException e) {
        return e instanceof StoreUnavailableException known ? known : IcebergStore.unavailable(e);
    }

    /** The first offset and the end of each partition. */
    private static final class Offsets {
        private final Map<TopicPartition, LongSummaryStatistics> ranges = new HashMap<>();
        private ConsumerRecord<?, ?> before;
        private LongSummaryStatistics range;

        /** Partitions that follow each other are the same more often than not. */
        void add(ConsumerRecord<?, ?> source) {
            if (before == null
                    || before.partition() != source.partition()
                    || !before.topic().equals(source.topic())) {
                range = ranges.computeIfAbsent(
                        new TopicPartition(source.topic(), source.partition()), any -> new LongSummaryStatistics());
                before = source;
            }
            range.accept(source.offset());
        }

        Map<TopicPartition, Long> firsts() {
            return of(LongSummaryStatistics::getMin);
        }

        Map<TopicPartition, Long> ends() {
            return of(range -> range.getMax() + 1);
        }

        private Map<TopicPartition, Long> of(ToLongFunction<LongSummaryStatistics> value) {
            Map<TopicPartition, Long> offsets = new HashMap<>();
            ranges.forEach((partition, each) -> offsets.put(partition, value.applyAsLong(each)));
            return offsets;
        }
    }
}
