package loginstream.delivery.settlement;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import loginstream.kafka.Reason;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the batches of one consumer thread to an end: commits their results with their offsets, or puts them back into
 * the queue; and finds out what has happened where a commit went wrong. Everything is called on that thread, except
 * {@link #isTroubled}. A long class, so that every end that a batch can come to is decided on one page.
 */
public final class Settlement {
    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(5);

    private final Consumer<?, ?> consumer;
    private final Delivery delivery;
    private final RedeliveryQueue queue;
    private final BatchListener listener;
    private final java.util.function.Consumer<Map<TopicPartition, OffsetAndMetadata>> onCommit;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread delivering = new Thread(task, "delivery");
        delivering.setDaemon(true);
        return delivering;
    });
    private final BackgroundCommit background;
    private final Recovery recovery;
    private final Uncommitted uncommitted = new Uncommitted();
    private final InDoubt inDoubt = new InDoubt();
    /** What the commit in the background is about. */
    private Commit committing;
    /** Whether something comes again: then each batch commits on its own, so that it harms no other. */
    private boolean redelivering;

    /**
     * Results and offsets commit in one transaction.
     *
     * @param consumer tells of its group and the offsets committed there
     * @param producers makes transactional producers, each of which fences the one before
     * @param maxAttempts how often a record that fails alone is tried before it is rejected
     * @param onCommit told of offsets that have committed, before anybody else hears of their batches
     */
    public static Settlement exactlyOnce(
            Consumer<?, ?> consumer,
            Supplier<Producer<byte[], byte[]>> producers,
            int maxAttempts,
            BatchListener listener,
            java.util.function.Consumer<Map<TopicPartition, OffsetAndMetadata>> onCommit) {
        Delivery delivery = new TransactionalDelivery(producers);
        return new Settlement(consumer, delivery, new RedeliveryQueue(maxAttempts), listener, onCommit);
    }

    /**
     * Offsets are committed once the results are acknowledged.
     *
     * @param consumer commits the offsets, and tells of those that are
     * @param producers makes producers
     * @param maxAttempts how often a record that fails alone is tried before it is rejected
     * @param onCommit told of offsets that have committed, before anybody else hears of their batches
     */
    public static Settlement atLeastOnce(
            Consumer<?, ?> consumer,
            Supplier<Producer<byte[], byte[]>> producers,
            int maxAttempts,
            BatchListener listener,
            java.util.function.Consumer<Map<TopicPartition, OffsetAndMetadata>> onCommit) {
        Delivery delivery =
                new AcknowledgedDelivery(producers, offsets -> consumer.commitSync(offsets, COMMIT_TIMEOUT));
        return new Settlement(consumer, delivery, new RedeliveryQueue(maxAttempts), listener, onCommit);
    }

    /**
     * @param queue where batches wait that have to come again
     */
    Settlement(
            Consumer<?, ?> consumer,
            Delivery delivery,
            RedeliveryQueue queue,
            BatchListener listener,
            java.util.function.Consumer<Map<TopicPartition, OffsetAndMetadata>> onCommit) {
        this.consumer = consumer;
        this.delivery = delivery;
        this.background = new BackgroundCommit(delivery, thread);
        this.recovery = new Recovery(delivery, thread);
        this.queue = queue;
        this.listener = listener;
        this.onCommit = onCommit;
    }

    /** Whether something keeps results from being delivered. May be asked by any thread. */
    public boolean isTroubled() {
        return recovery.isTroubled() || background.takesLong();
    }

    /** Whether a commit should not wait any longer. */
    public boolean isDue() {
        return uncommitted.isDue() || redelivering;
    }

    public boolean hasUncommitted() {
        return background.isBegun() || !uncommitted.isEmpty();
    }

    /** Records that were fetched, to be handed out after those that wait already. */
    public void fetched(List<ConsumerRecord<byte[], byte[]>> records) {
        queue.append(records);
    }

    /** Whether there are records to be handed out. */
    public boolean hasNext() {
        return !queue.isEmpty();
    }

    /** Whether results can be sent. */
    public boolean isOpen() {
        return delivery.isOpen();
    }

    /** The records that are next, on their way through the route; there must be some. */
    public LoginBatch next() {
        LoginBatch batch = queue.next(background);
        uncommitted.handedOut();
        return batch;
    }

    /** How long to wait before {@link #recovered} is asked again. */
    public Duration wait(Duration atMost) {
        return recovery.wait(atMost);
    }

    /**
     * The batch got through the route: it is part of the next commit, unless the last one has failed meanwhile.
     *
     * @param took how long the route took for it
     */
    public void succeeded(LoginBatch batch, Duration took) {
        if (concludes(batch)) {
            batch.onCommit(listener.routed(batch, took));
            batch.forget();
            uncommitted.add(batch);
        }
    }

    /** The route failed on the batch: it comes again in parts. */
    public void failed(LoginBatch batch, Throwable failure) {
        LOG.warn("{} did not get through the route and will come again: {}", batch, Reason.of(failure));
        if (concludes(batch)) {
            queue.inParts(batch, Set.of(), failure);
            rollback();
        }
    }

    /** Nobody knows how far the route came with the batch: it comes again as it is. */
    public void unfinished(LoginBatch batch) {
        if (concludes(batch)) {
            queue.again(batch);
            rollback();
        }
    }

    /** Commits what the route is through with; what does not commit goes back into the queue. */
    public void commit() {
        conclude();
        if (uncommitted.isEmpty()) {
            return;
        }
        Commit commit = uncommitted.drain();
        try {
            background.commit(commit, consumer.groupMetadata());
            committed(commit);
        } catch (KafkaException e) {
            notCommitted(commit, e);
        }
    }

    /** The same, while the next batch is already on its way, where the delivery allows that. */
    public void commitMeanwhile() {
        if (redelivering || !delivery.commitsOnAnyThread()) {
            commit();
            return;
        }
        conclude();
        if (!uncommitted.isEmpty()) {
            committing = uncommitted.drain();
            background.begin(committing, consumer.groupMetadata());
        }
    }

    private void conclude() {
        concludes(null);
    }

    /**
     * Brings the commit in the background to its end.
     *
     * @param meanwhile the batch that was in the route meanwhile; it comes again if the commit has failed
     * @return whether all is well
     */
    private boolean concludes(LoginBatch meanwhile) {
        if (!background.isBegun()) {
            return true;
        }
        Commit commit = committing;
        committing = null;
        try {
            background.conclude();
            committed(commit);
            return true;
        } catch (KafkaException e) {
            if (meanwhile != null) {
                queue.again(meanwhile);
            }
            notCommitted(commit, e);
            return false;
        }
    }

    private void committed(Commit commit) {
        onCommit.accept(commit.offsets());
        commit.batches().forEach(this::done);
        redelivering = !queue.isEmpty();
        recovery.succeeded();
    }

    private void notCommitted(Commit commit, KafkaException reason) {
        List<LoginBatch> batches = commit.batches();
        Set<Login> refused = delivery.refused();
        delivery.close();
        LOG.warn("what began with {} did not commit, looking again: {}", batches.get(0), Reason.of(reason));
        redelivering = true;
        if (!refused.isEmpty()) {
            queue.around(batches, refused, reason);
            refused.stream()
                    .filter(login -> login.state() == Login.State.DEAD_LETTERED)
                    .findFirst()
                    .ifPresent(login -> {
                        LOG.error("the dead-letter topic refuses {}: {}", login, Reason.of(reason));
                        recovery.failed();
                    });
            return;
        }
        inDoubt.add(batches);
        if (batches.size() == 1 && isOutlasted(reason)) {
            queue.inHalves(batches.get(0));
        } else {
            queue.again(batches);
        }
        recovery.failed();
    }

    /** Whether the brokers had ended the transaction before; a batch that takes too long for one comes in halves. */
    private static boolean isOutlasted(KafkaException e) {
        return e instanceof ProducerFencedException
                || e instanceof InvalidProducerEpochException
                || e.getCause() instanceof ProducerFencedException
                || e.getCause() instanceof InvalidProducerEpochException;
    }

    /** These partitions are given away in order: what was done in them is committed, the rest is for somebody else. */
    public void revoked(Collection<TopicPartition> partitions) {
        commit();
        queue.dropPartitions(partitions);
    }

    /** These partitions are somebody else's already: nothing can be committed in them. */
    public void lost(Collection<TopicPartition> partitions) {
        if (hasUncommitted()) {
            rollback();
        }
        queue.dropPartitions(partitions);
    }

    /** Gives up everything since the last commit; it comes again. */
    private void rollback() {
        conclude();
        delivery.rollback();
        queue.again(uncommitted.drain().batches());
        redelivering = true;
    }

    /** Makes ready for the first batch. */
    public void open() {
        recovery.begin();
    }

    /**
     * Whether all is fit for the next batch; if not, sees to it that it will be. The trouble is over only with the next
     * commit, or when nothing is left to commit: a producer may open although brokers refuse what it sends.
     */
    public boolean recovered() {
        if (recovery.isOver() && delivery.isOpen()) {
            if (recovery.isTroubled() && queue.isEmpty() && !hasUncommitted()) {
                recovery.succeeded();
            }
            return true;
        }
        recovery.begin();
        if (!recovery.hasOpened()) {
            return false;
        }
        try {
            clearUp();
        } catch (KafkaException e) {
            recovery.failedToOpen(e);
            return false;
        }
        return true;
    }

    private void clearUp() {
        if (!inDoubt.isEmpty()) {
            Commit commit = inDoubt.resolve(consumer, queue.partitions());
            queue.dropBefore(commit.offsets());
            onCommit.accept(commit.offsets());
            commit.batches().forEach(this::done);
            redelivering = !queue.isEmpty();
        }
    }

    private void done(LoginBatch batch) {
        queue.committed(batch);
        batch.committed();
    }

    /** Ends for good; what has not committed by now never will. */
    public void close() {
        conclude();
        recovery.await();
        thread.shutdown();
        uncommitted.drain(); // nothing may try to commit it after this
        if (delivery.isOpen()) {
            delivery.rollback(); // a transaction left open would hold up readers until it times out
        }
        delivery.close();
    }
}
