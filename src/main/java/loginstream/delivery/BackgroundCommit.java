package loginstream.delivery;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import loginstream.login.Login;
import loginstream.login.Outbox;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Commits on a thread of its own, so that the next batch can be read, checked and written meanwhile. Only what that
 * batch sends has to wait, since it belongs to the next transaction; after a failed commit it is dropped, for the batch
 * will come again.
 */
final class BackgroundCommit implements Outbox, AutoCloseable {
    private final Delivery delivery;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread commits = new Thread(task, "commit");
        commits.setDaemon(true);
        return commits;
    });
    /** The commit that was begun and not yet concluded, or null. */
    private volatile CompletableFuture<Void> begun;

    BackgroundCommit(Delivery delivery) {
        this.delivery = delivery;
    }

    /** Begins a commit; {@link #conclude} has to follow before the next one. */
    void begin(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        begun = CompletableFuture.runAsync(() -> delivery.commit(offsets, group), thread);
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

    @Override
    public void close() {
        thread.shutdown();
    }
}
