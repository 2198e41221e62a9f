package loginstream.delivery.settlement;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import loginstream.login.Outbox;
import loginstream.login.Rejection;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Records that were consumed but whose results did not commit, in their order. They go through the route again before
 * anything new does. Where a batch failed because of what is in it, it comes back in parts, down to the guilty record
 * alone; a record that fails alone once too often is rejected, and so becomes a dead letter instead of coming for ever.
 */
final class RedeliveryQueue {
    private final int maxAttempts;
    private final Deque<List<ConsumerRecord<byte[], byte[]>>> parts = new ArrayDeque<>();
    private final Map<Position, Failure> failures = new HashMap<>();
    private final RefusedDeadLetters deadLetters = new RefusedDeadLetters();

    private record Failure(Throwable cause, int attempts) {}

    /**
     * @param maxAttempts how often a record that fails alone is tried before it is rejected
     */
    RedeliveryQueue(int maxAttempts) {
        this.maxAttempts = maxAttempts;
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** The same batch again: it was no fault of its records that it did not commit. */
    void again(LoginBatch batch) {
        parts.addFirst(records(batch));
    }

    /** The same batches again, in their order. */
    void again(List<LoginBatch> batches) {
        for (int i = batches.size() - 1; i >= 0; i--) {
            again(batches.get(i));
        }
    }

    /** All that is in these batches again, as one: they were many, but no fault of their records was it. */
    void asOne(List<LoginBatch> batches) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        batches.forEach(batch -> all.addAll(records(batch)));
        if (!all.isEmpty()) {
            parts.addFirst(all);
        }
    }

    /**
     * The same batches again, in their order; those of which the brokers refused records in parts around these.
     *
     * @return whether that may get further: not where a dead letter is refused that cannot be made any smaller
     */
    boolean refused(List<LoginBatch> batches, Map<Login, RefusedSend> refused) {
        boolean hopeful = true;
        for (int i = batches.size() - 1; i >= 0; i--) {
            LoginBatch batch = batches.get(i);
            Set<Login> among = new HashSet<>();
            Exception reason = null;
            for (Login login : batch) {
                RefusedSend send = refused.get(login);
                if (send != null && send.asDeadLetter()) {
                    hopeful &= deadLetters.add(login, send.reason());
                    among.add(login);
                } else if (send != null) {
                    reason = send.reason();
                    among.add(login);
                }
            }
            if (among.isEmpty() || batch.size() == 1 && reason == null) {
                again(batch);
            } else {
                inParts(batch, among, reason);
            }
        }
        return hopeful;
    }

    /** The same batch again, in halves: it was too much at once, but no fault of its records. */
    void inHalves(LoginBatch batch) {
        if (batch.size() == 1) {
            again(batch);
            return;
        }
        List<List<ConsumerRecord<byte[], byte[]>>> halves = halves(batch);
        parts.addFirst(halves.get(1));
        parts.addFirst(halves.get(0));
    }

    /** Records that came while others were waiting. */
    void append(List<ConsumerRecord<byte[], byte[]>> records) {
        parts.addLast(records);
    }

    /**
     * A batch that failed because of records in it.
     *
     * @param suspects those that may be the reason; empty where nothing is known
     */
    void inParts(LoginBatch batch, Set<Login> suspects, Throwable cause) {
        if (batch.size() == 1) {
            ConsumerRecord<byte[], byte[]> record = records(batch).get(0);
            failures.merge(
                    Position.of(record),
                    new Failure(cause, 1),
                    (before, now) -> new Failure(now.cause(), before.attempts() + 1));
            parts.addFirst(List.of(record));
            return;
        }
        List<List<ConsumerRecord<byte[], byte[]>>> split = suspects.isEmpty() ? halves(batch) : around(batch, suspects);
        for (int i = split.size() - 1; i >= 0; i--) {
            parts.addFirst(split.get(i));
        }
    }

    private static List<List<ConsumerRecord<byte[], byte[]>>> halves(LoginBatch batch) {
        List<ConsumerRecord<byte[], byte[]>> records = records(batch);
        int middle = records.size() / 2;
        return List.of(records.subList(0, middle), records.subList(middle, records.size()));
    }

    private static List<List<ConsumerRecord<byte[], byte[]>>> around(LoginBatch batch, Set<Login> suspects) {
        List<List<ConsumerRecord<byte[], byte[]>>> split = new ArrayList<>();
        List<ConsumerRecord<byte[], byte[]>> others = new ArrayList<>();
        for (Login login : batch) {
            if (suspects.contains(login)) {
                if (!others.isEmpty()) {
                    split.add(others);
                    others = new ArrayList<>();
                }
                split.add(List.of(login.source()));
            } else {
                others.add(login.source());
            }
        }
        if (!others.isEmpty()) {
            split.add(others);
        }
        return split;
    }

    /**
     * The next records as a batch; the queue must not be empty.
     *
     * @param most how many it may hold
     */
    LoginBatch next(Outbox outbox, int most) {
        List<ConsumerRecord<byte[], byte[]>> records = parts.removeFirst();
        if (records.size() > most) {
            parts.addFirst(records.subList(most, records.size()));
            records = records.subList(0, most);
        }
        LoginBatch batch = new LoginBatch(records, outbox);
        deadLetters.reduce(batch);
        if (records.size() == 1) {
            Failure failure = failures.get(Position.of(records.get(0)));
            Login login = batch.iterator().next();
            if (failure != null && failure.attempts() >= maxAttempts && login.isOpen()) {
                login.reject(new Rejection.Failed(failure.cause(), failure.attempts()));
            }
        }
        return batch;
    }

    /** Forgets records that somebody else will handle. */
    void dropPartitions(Collection<TopicPartition> partitions) {
        Set<TopicPartition> lost = new HashSet<>(partitions);
        drop(position -> lost.contains(position.partition()));
    }

    /** Forgets records that turned out to be committed: those before these offsets. */
    void dropBefore(Map<TopicPartition, OffsetAndMetadata> committed) {
        drop(position -> {
            OffsetAndMetadata offset = committed.get(position.partition());
            return offset != null && position.offset() < offset.offset();
        });
    }

    private void drop(Predicate<Position> done) {
        List<List<ConsumerRecord<byte[], byte[]>>> left = parts.stream()
                .map(part -> part.stream()
                        .filter(record -> !done.test(Position.of(record)))
                        .toList())
                .filter(part -> !part.isEmpty())
                .toList();
        parts.clear();
        parts.addAll(left);
        failures.keySet().removeIf(done);
        deadLetters.forget(done);
    }

    /** The partitions of the waiting records. */
    Set<TopicPartition> partitions() {
        Set<TopicPartition> partitions = new HashSet<>();
        parts.forEach(part ->
                part.forEach(record -> partitions.add(Position.of(record).partition())));
        return partitions;
    }

    /** Forgets what is known of a batch's records: they have committed. */
    void committed(LoginBatch batch) {
        if (!failures.isEmpty() || !deadLetters.isEmpty()) {
            Set<Position> done = new HashSet<>();
            batch.forEach(login -> done.add(Position.of(login.source())));
            failures.keySet().removeAll(done);
            deadLetters.forget(done::contains);
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(LoginBatch batch) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(batch.size());
        batch.forEach(login -> records.add(login.source()));
        return records;
    }
}
