package loginstream.route.trial;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import loginstream.login.LoginBatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** The records that this process has consumed last, for edits to be tried on. May be used by several threads. */
public final class RecentRecords {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final int most;
    private final long mostBytes;
    private final Deque<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();
    private long bytes;
    private long noted = System.nanoTime() - PAUSE_NANOS;

    /**
     * @param most how many are kept; 0 keeps none
     * @param mostBytes how much of keys, values and headers
     */
    public RecentRecords(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /** Keeps the last ones of a batch; under load, not of every one. */
    public synchronized void note(LoginBatch batch) {
        long now = System.nanoTime();
        if (most == 0 || records.size() == most && now - noted < PAUSE_NANOS) {
            return;
        }
        noted = now;
        for (ConsumerRecord<byte[], byte[]> record : batch.last(most)) {
            long size = size(record);
            if (size <= mostBytes) {
                records.add(record);
                bytes += size;
            }
            while (records.size() > most || bytes > mostBytes) {
                bytes -= size(records.remove());
            }
        }
    }

    /** In the order in which they were consumed. */
    public synchronized List<ConsumerRecord<byte[], byte[]>> list() {
        return List.copyOf(records);
    }

    private static long size(ConsumerRecord<byte[], byte[]> record) {
        long size = Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
        for (Header header : record.headers()) {
            size += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return size;
    }
}
