package loginstream.storage.iceberg;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import loginstream.login.Login;
import loginstream.storage.RefusedRowException;
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
 * A batch on its way into one snapshot. Each login is turned into a row and written before the next one is: no more than the
 * logins themselves is kept in memory.
 */
final class Append {
    private static final int CONFLICTS = 20;
    private static final int PAUSE_MILLIS = 50;

    private final LoginTable catalog;
    private final Table table;
    private final TableFiles tableFiles;
    private final BiConsumer<Login, Exception> refused;
    private final Map<TopicPartition, LongSummaryStatistics> offsets;
    private List<Login> logins;
    private StoredPositions stored;
    private StoredRows there;
    private List<DataFile> files = List.of();

    /**
     * For these logins.
     *
     * @param refused is told of those that the table does not hold, and why
     */
    Append(LoginTable catalog, Table table, List<Login> logins, BiConsumer<Login, Exception> refused) {
        this.catalog = catalog;
        this.table = table;
        this.tableFiles = new TableFiles(table);
        this.logins = logins;
        this.refused = refused;
        this.offsets = offsets(logins);
    }

    private static Map<TopicPartition, LongSummaryStatistics> offsets(List<Login> logins) {
        Map<TopicPartition, LongSummaryStatistics> offsets = new HashMap<>();
        ConsumerRecord<?, ?> before = null;
        LongSummaryStatistics range = null;
        for (Login login : logins) {
            ConsumerRecord<?, ?> source = login.source();
            if (before == null
                    || before.partition() != source.partition()
                    || !before.topic().equals(source.topic())) {
                range = offsets.computeIfAbsent(
                        new TopicPartition(source.topic(), source.partition()), any -> new LongSummaryStatistics());
                before = source;
            }
            range.accept(source.offset());
        }
        return offsets;
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
        if (stored != null && stored.agreesOn(offsets.keySet(), now)) {
            stored = now;
            return;
        }
        tableFiles.remove(files);
        stored = now;
        there = new StoredRows(table, perhapsThere());
        files = write();
    }

    private List<Record> perhapsThere() {
        List<Record> perhaps = new ArrayList<>();
        if (offsets.entrySet().stream()
                .noneMatch(each -> stored.mayHold(each.getKey(), each.getValue().getMin()))) {
            return perhaps;
        }
        LoginRows rows = new LoginRows(table.schema().asStruct());
        for (Login login : logins) {
            ConsumerRecord<?, ?> source = login.source();
            if (stored.mayHold(new TopicPartition(source.topic(), source.partition()), source.offset())) {
                try {
                    perhaps.add(rows.of(StoredLogin.of(login)));
                } catch (RefusedRowException e) {
                    // told where it would be written
                }
            }
        }
        return perhaps;
    }

    private List<DataFile> write() {
        LoginRows rows = new LoginRows(table.schema().asStruct());
        List<Login> taken = new ArrayList<>(logins.size());
        try (RowWriter writer = tableFiles.writer()) {
            for (Login login : logins) {
                try {
                    Record row = rows.of(StoredLogin.of(login));
                    taken.add(login);
                    if (!there.hold(row)) {
                        writer.write(row);
                    }
                } catch (RefusedRowException e) {
                    refused.accept(login, e);
                }
            }
            logins = taken; // if it has to be done again, nobody is told twice
            return writer.files();
        }
    }

    /** Whether it has committed; if not, somebody else was quicker. */
    private boolean isCommitted() {
        AppendFiles append = table.newAppend();
        files.forEach(append::appendFile);
        append.set(
                StoredPositions.PROPERTY,
                stored.with(ends(), there.partitions()).text());
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

    private Map<TopicPartition, Long> ends() {
        Map<TopicPartition, Long> ends = new HashMap<>();
        offsets.forEach((partition, range) -> ends.put(partition, range.getMax() + 1));
        return ends;
    }
}
