package loginstream.deadletter.redrive;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import loginstream.deadletter.redrive.RedriveTransaction.Sending;
import loginstream.deadletter.store.RedriveLog;
import loginstream.deadletter.store.StoredDeadLetter;
import org.apache.kafka.clients.producer.ProducerRecord;

/** One redrive under way: gathers dead letters, and sends them in transactions that are over in moments. */
final class RedriveRun {
    /** Records in one transaction. */
    private static final int BATCH = 500;
    /** Bytes of values in one transaction. */
    private static final long BATCH_BYTES = 4L << 20;

    private final RedriveSelection selection;
    private final RedriveLog log;
    private final RedriveTransaction transaction;
    private final RateLimit rateLimit;
    private final Clock clock;
    private final LongConsumer progress;
    private final BooleanSupplier stopped;
    private final List<Sending> batch = new ArrayList<>();
    private List<ProducerRecord<byte[], byte[]>> tombstones;
    private long batchBytes;
    private long sent;

    RedriveRun(
            RedriveSelection selection,
            RedriveLog log,
            RedriveTransaction transaction,
            RateLimit rateLimit,
            Clock clock,
            LongConsumer progress,
            BooleanSupplier stopped) {
        this.selection = selection;
        this.log = log;
        this.transaction = transaction;
        this.rateLimit = rateLimit;
        this.clock = clock;
        this.progress = progress;
        this.stopped = stopped;
        this.tombstones = log.tombstones();
    }

    /** Takes the next one; false if it is to be the last. */
    boolean take(StoredDeadLetter letter) {
        if (stopped.getAsBoolean()) {
            return false;
        }
        ProducerRecord<byte[], byte[]> record = selection.select(letter);
        if (record != null) {
            batch.add(new Sending(record, log.entry(letter.position(), record.topic(), clock.instant())));
            batchBytes += Math.max(0, letter.valueBytes());
            if (batch.size() >= rateLimit.batch(BATCH) || batchBytes >= BATCH_BYTES) {
                send();
            }
        }
        return true;
    }

    /** Sends what is left. */
    RedriveResult finish() {
        send();
        return selection.result();
    }

    private void send() {
        if (batch.isEmpty()) {
            return;
        }
        rateLimit.await(sent + batch.size(), stopped);
        if (stopped.getAsBoolean()) {
            selection.left(batch.size());
        } else {
            int refused = transaction.commit(tombstones, batch);
            selection.refused(refused);
            sent += batch.size() - refused;
            tombstones = List.of();
            progress.accept(sent);
        }
        batch.clear();
        batchBytes = 0;
    }

    /** How many were committed so far. */
    long sent() {
        return sent;
    }
}
