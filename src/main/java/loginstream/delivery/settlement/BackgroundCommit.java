package loginstream.delivery.settlement;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import loginstream.login.Login;
import loginstream.login.Outbox;
import loginstream.login.Participant;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Sends and commits on a thread of its own, so that the next batches can be read, checked and written meanwhile. First whoever
 * takes part makes durable what it was given, then the brokers are asked. What those batches send belongs to the next
 * transaction, so it is sent after the commit; if that fails it is dropped, for they will come again.
 */
final class BackgroundCommit implements Outbox {
    /** A commit that takes longer is waiting for brokers that do not take the records, though they may be there. */
    private static final Duration LONG = Duration.ofSeconds(5);

    private final Delivery delivery;
    private final DeliveryThread thread;
    private final SendAhead ahead;
    private final Clock clock;
    private final CommitRhythm rhythm;
    private final CommitListener listener;
    /** Whether what is sent waits for the commit: a transaction must not be open for as long as logins are gathered. */
    private final boolean gathering;
    /** What is part of the next commit; replaced by the consumer's thread, between batches where logins are gathered. */
    private volatile Pending pending = new Pending();
    /** The commit that was begun and not yet concluded, or null. */
    private volatile CompletableFuture<Void> begun;
    /** What it is about. */
    private Commit commit;

    /** Since when the brokers are being asked to commit; after a failure until that is known to {@link #settled}; or null. */
    private volatile Instant since;

    BackgroundCommit(
            Delivery delivery,
            DeliveryThread thread,
            Clock clock,
            CommitRhythm rhythm,
            CommitListener listener,
            boolean gathering) {
        this.listener = listener;
        this.gathering = gathering;
        this.delivery = delivery;
        this.thread = thread;
        this.ahead = new SendAhead(delivery, thread);
        this.clock = clock;
        this.rhythm = rhythm;
    }

    /** Whether the brokers let a commit wait. May be asked by any thread. */
    boolean takesLong() {
        Instant start = since;
        return start != null && start.plus(LONG).isBefore(clock.instant());
    }

    /** Begins a commit; {@link #conclude} has to follow before the next one. */
    void begin(Commit next, ConsumerGroupMetadata group) {
        commit = next;
        rhythm.begins();
        ahead.handOver(null);
        Pending taken = pending;
        pending = new Pending();
        begun = thread.begin(() -> {
            commitParticipant(taken);
            since = clock.instant();
            ahead.requireSent();
            taken.sendTo(delivery);
            delivery.commit(next.offsets(), group);
            since = null;
        });
    }

    private void commitParticipant(Pending taken) {
        if (!taken.isJoined()) {
            return;
        }
        try {
            taken.commit();
        } catch (RuntimeException e) {
            listener.notStored(e);
            throw e;
        }
        listener.stored();
    }

    /** Whether a commit was begun and is not yet concluded. */
    boolean isBegun() {
        return begun != null;
    }

    /** Whether a commit was begun, and is still under way. */
    boolean isUnderWay() {
        return begun != null && !begun.isDone();
    }

    /** What the commit that was begun and is not yet concluded is about. */
    Commit commit() {
        return commit;
    }

    /**
     * Waits for the commit that was begun.
     *
     * @throws KafkaException if it failed, or if that cannot be known
     */
    void conclude() {
        CompletableFuture<Void> waited = begun;
        Commit concluded = commit;
        begun = null;
        commit = null; // its batches are not to be kept until the next one
        thread.await(waited);
        delivery.commitOffsets(concluded.offsets());
    }

    /** Whoever concluded the commit has seen to what has become of it. */
    void settled() {
        since = null;
    }

    /** About how much memory is taken by what is sent with the next commit. */
    long pendingBytes() {
        return pending.bytes();
    }

    /** What was to be part of the next commit comes again. Whoever opens the delivery again waits for this. */
    void dropPending() {
        ahead.drop();
        Pending dropped = pending;
        pending = new Pending();
        if (dropped.isJoined()) {
            thread.begin(dropped::drop);
        }
    }

    @Override
    public <P extends Participant> Optional<P> enlist(Class<P> type, Participant.Beginning<P> beginning)
            throws InterruptedException {
        return pending.enlist(type, beginning);
    }

    @Override
    public void send(ProducerRecord<byte[], byte[]> record, Login cause) {
        Sending sending = Sending.of(record, cause);
        if (gathering) {
            pending.send(sending);
        } else {
            ahead.send(sending, begun);
        }
    }

    /** How many records it was given that do not wait for whoever takes part. */
    long sends() {
        return ahead.sends();
    }

    /** Waits for the commit that was begun; how it ended is told when it is concluded. */
    boolean succeeds() {
        try {
            thread.await(begun);
            return true;
        } catch (KafkaException e) {
            return false;
        }
    }
}
