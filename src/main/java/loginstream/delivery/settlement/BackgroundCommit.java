package loginstream.delivery.settlement;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import loginstream.login.Login;
import loginstream.login.Outbox;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Commits on a thread of its own, so that the next batch can be read, checked and written meanwhile. Only what that
 * batch sends has to wait, since it belongs to the next transaction; after a failed commit it is dropped, for the batch
 * will come again.
 */
final class BackgroundCommit implements Outbox {
    /** A commit that takes longer is waiting for brokers that do not take the records, though they may be there. */
    private static final Duration LONG = Duration.ofSeconds(5);

    private final Delivery delivery;
    private final Clock clock = Clock.systemUTC();
    private final Executor thread;
    /** The commit that was begun and not yet concluded, or null. */
    private volatile CompletableFuture<Void> begun;
    /** Since when the brokers are being asked to commit, or null. */
    private volatile Instant since;

    /**
     * @param thread where commits run that are begun
     */
    BackgroundCommit(Delivery delivery, Executor thread) {
        this.delivery = delivery;
        this.thread = thread;
    }

    /** Commits on this thread. */
    void commit(Commit commit, ConsumerGroupMetadata group) {
        since = clock.instant();
        try {
            delivery.commit(commit.offsets(), group);
        } finally {
            since = null;
        }
    }

    /** Whether the brokers let a commit wait. May be asked by any thread. */
    boolean takesLong() {
        Instant start = since;
        return start != null && start.plus(LONG).isBefore(clock.instant());
    }

    /** Begins a commit; {@link #conclude} has to follow before the next one. */
    void begin(Commit commit, ConsumerGroupMetadata group) {
        begun = CompletableFuture.runAsync(() -> commit(commit, group), thread);
    }

    /** Whether a commit was begun and is not yet concluded. */
    boolean isBegun() {
        return begun != null;
    }

    /**
     * Waits for the commit that was begun.
     *
     * @throws KafkaException if it failed, or if that cannot be known
     */
    void conclude() {
        CompletableFuture<Void> commit = begun;
        begun = null;
        try {
            commit.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        }
    }

    @Override
    public void send(ProducerRecord<byte[], byte[]> record, Login cause) {
        CompletableFuture<Void> commit = begun;
        if (commit == null || hasSucceeded(commit)) {
            delivery.send(record, cause);
        }
    }

    private static boolean hasSucceeded(CompletableFuture<Void> commit) {
        if (!commit.isDone()) {
            commit.handle((done, failure) -> null).join();
        }
        return !commit.isCompletedExceptionally();
    }
}
