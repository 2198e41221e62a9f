package loginstream.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import loginstream.delivery.InputSpan;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Lets through what is to be replayed, and not faster than it should be. May be used by several threads. */
public final class ReplaySpan implements InputSpan {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final long from;
    private final long to;
    private final double rate;
    private final Map<TopicPartition, Long> ends;
    private final Map<TopicPartition, Long> counted = new HashMap<>();
    private final long most;
    private long left;
    private long due = System.nanoTime();

    /**
     * @param ends where each partition ended when the replay began
     */
    public ReplaySpan(ReplayRequest request, Map<TopicPartition, Long> ends) {
        this.from = request.from().toEpochMilli();
        this.to = request.to().toEpochMilli();
        this.rate = request.rate();
        this.ends = new ConcurrentHashMap<>(ends);
        this.most = request.limit();
        this.left = most;
    }

    /** Where each partition ends: sooner than at first where there is a limit and it has been reached. */
    public Map<TopicPartition, Long> ends() {
        return Map.copyOf(ends);
    }

    /** Whether as many records as there may be have been let through. */
    public synchronized boolean isFull() {
        return left == 0;
    }

    /** How many records were let through. */
    public synchronized long letThrough() {
        return most - left;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> within(ConsumerRecords<byte[], byte[]> polled, End end) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> kept = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(polled.nextOffsets());
        int count = 0;
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            long stop = keep(partition, polled.records(partition), ends.getOrDefault(partition, 0L), records);
            if (next.get(partition).offset() >= stop) {
                next.put(partition, new OffsetAndMetadata(stop));
                end.at(partition, stop);
                ends.replace(partition, stop);
            }
            if (!records.isEmpty()) {
                kept.put(partition, records);
                count += records.size();
            }
        }
        slowDown(count);
        return new ConsumerRecords<>(kept, next);
    }

    /**
     * Keeps what is to be replayed of a partition.
     *
     * @return where the partition ends
     */
    private synchronized long keep(
            TopicPartition partition,
            List<ConsumerRecord<byte[], byte[]>> polled,
            long end,
            List<ConsumerRecord<byte[], byte[]>> kept) {
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            if (record.offset() >= end) {
                return end;
            }
            if (record.timestamp() < from || record.timestamp() >= to) {
                continue;
            }
            if (record.offset() > counted.getOrDefault(partition, -1L)) { // else it comes again
                if (left == 0) {
                    return record.offset();
                }
                left--;
                counted.put(partition, record.offset());
            }
            kept.add(record);
        }
        return end;
    }

    private void slowDown(int records) {
        if (rate <= 0 || records == 0) {
            return;
        }
        long wait;
        synchronized (this) {
            due = Math.max(due, System.nanoTime() - LONGEST_PAUSE.toNanos()) + (long) (records / rate * 1e9);
            wait = due - System.nanoTime();
        }
        while (wait > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(Math.min(wait, LONGEST_PAUSE.toNanos()));
            synchronized (this) {
                wait = due - System.nanoTime();
            }
        }
    }
}
