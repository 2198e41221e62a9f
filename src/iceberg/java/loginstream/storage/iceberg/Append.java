package loginstream.storage.iceberg;

import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import loginstream.login.Login;
import loginstream.storage.RefusedRowException;
import loginstream.storage.StoreTransaction;
import loginstream.storage.StoreUnavailableException;
import loginstream.storage.StoredLogin;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.util.SnapshotUtil;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Logins on their way into one snapshot. Each is turned into a row and written into an open file; those that the table may
 * hold already, as they come again, wait as rows and are looked up when the snapshot is made.
 */
final class Append implements StoreTransaction {
    /** In a snapshot's summary: which append has made it. */
    private static final String APPEND = "loginstream.append";

    private static final int CONFLICTS = 20;
    private static final int PAUSE_MILLIS = 50;

    private final LoginTable catalog;
    private final Table table;
    private final StoredPositions atBegin;
    private final LoginRows rows;
    private final RowWriter writer;
    private final String id = UUID.randomUUID().toString();
    private final TakenRecords written = new TakenRecords();
    private final TakenRecords lookedUp = new TakenRecords();
    private final List<Record> perhapsThere = new ArrayList<>();
    private List<DataFile> files;
    /** Whether the catalog was asked for the snapshot: then the files may be part of the table, whatever it has answered. */
    private boolean asked;
    /** Why nothing more is taken. */
    private RuntimeException over;

    /**
     * Begins one.
     *
     * @param table as it is now
     */
    Append(LoginTable catalog, Table table) {
        this.catalog = catalog;
        this.table = table;
        atBegin = StoredPositions.of(table);
        rows = new LoginRows(table.schema().asStruct());
        writer = new TableFiles(table).writer();
    }

    @Override
    public synchronized void store(List<Login> logins, BiConsumer<Login, Exception> refused) {
        try {
            requireOpen();
            for (Login login : logins) {
                try {
                    add(login.source(), rows.of(StoredLogin.of(login)));
                } catch (RefusedRowException e) {
                    refused.accept(login, e);
                }
            }
        } catch (RuntimeException e) {
            throw IcebergStore.unavailable(e);
        }
    }

    private void requireOpen() {
        if (over != null) {
            throw over;
        }
    }

    /** Once: a step may be tried again, or stand in a route twice. */
    private void add(ConsumerRecord<?, ?> source, Record row) {
        if (atBegin.mayHold(source.topic(), source.partition(), source.offset())) {
            if (lookedUp.add(source)) {
                perhapsThere.add(row);
            }
        } else if (written.add(source)) {
            write(row);
        }
    }

    private void write(Record row) {
        try {
            writer.write(row);
        } catch (RuntimeException e) {
            over = e; // the file may end in the midst of a row
            throw e;
        }
    }

    @Override
    public synchronized void commit() throws InterruptedException {
        try {
            requireOpen();
            over = new IllegalStateException("its snapshot is made");
            commitSnapshot();
        } catch (ConcurrentModificationException e) {
            throw e;
        } catch (RuntimeException e) {
            throw IcebergStore.unavailable(e);
        }
    }

    private void commitSnapshot() throws InterruptedException {
        StoredRows there = null;
        StoredPositions before = null;
        for (int conflicts = 0; conflicts < CONFLICTS; conflicts++) {
            catalog.refresh(table);
            if (asked && isThere()) {
                return;
            }
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

    /** Whether it has committed after all: a catalog may have done what it was asked for and then not have known it again. */
    private boolean isThere() {
        for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
            if (id.equals(snapshot.summary().get(APPEND))) {
                return true;
            }
        }
        return false;
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
        append.set(APPEND, id);
        append.validateWith(ancestors -> StoredPositions.of(ancestors).equals(now));
        append.deleteWith(file -> {}); // what seems to be left of a conflict may be part of the table
        asked = true;
        try {
            append.commit();
            return true;
        } catch (CommitFailedException | ValidationException e) {
            return false;
        }
    }

    /** What is left behind where the storage is away, or nobody knows, is cleaned up later. */
    @Override
    public synchronized void rollback() {
        if (over == null) {
            over = new IllegalStateException("it is given up");
        }
        if (!asked) {
            new TableFiles(table).remove(files == null ? writer.files() : files);
        }
    }
}
