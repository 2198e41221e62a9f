package loginstream.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import loginstream.login.Outbox;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the batches of one consumer thread to an end: commits their results with their offsets, or puts them back into
 * the queue; and finds out what has happened where a commit went wrong. Everything is called on that thread, except
 * {@link #isTroubled}.
 */
final class Settlement {
    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);
    private static final Duration LOOK_UP = Duration.ofSeconds(5);

    private final Consumer<?, ?> consumer;
    private final Delivery delivery;
    private final RedeliveryQueue queue;
    private final BatchListener listener;
    private final java.util.function.Consumer<Map<TopicPartition, OffsetAndMetadata>> onCommit;
    private final BackgroundCommit background;
    private final Uncommitted uncommitted = new Uncommitted();
    private final Backoff backoff = new Backoff(Clock.systemUTC());
    /** What the commit in the background is about. */
    private List<LoginBatch> committing = List.of();

    private Map<TopicPartition, OffsetAndMetadata> committingOffsets = Map.of();
    /** Batches of which it is not known whether they committed. */
    private List<LoginBatch> doubtful = List.of();
    /** Whether something comes again: then each batch commits on its own, so that it harms no other. */
    private boolean redelivering;

    /** From a commit that failed to the next one that does not. */
    private volatile boolean troubled;

    /**
     * @param consumer tells of its group and the offsets committed there
     * @param queue where batches wait that have to come again
     * @param onCommit told of offsets that have committed, before anybody else hears of their batches
     */
    Settlement(
            Consumer<?, ?> consumer,
            Delivery delivery,
            RedeliveryQueue queue,
            BatchListener listener,
            java.util.function.Consumer<Map<TopicPartition, OffsetAndMetadata>> onCommit) {
        this.consumer = consumer;
        this.delivery = delivery;
        this.background = new BackgroundCommit(delivery);
        this.queue = queue;
        this.listener = listener;
        this.onCommit = onCommit;
    }

    /** Whether something keeps results from being delivered. May be asked by any thread. */
    boolean isTroubled() {
        return troubled || background.takesLong();
    }

    /** Whether a commit should not wait any longer. */
    boolean isDue() {
        return uncommitted.isDue() || redelivering;
    }

    boolean hasUncommitted() {
        return background.isBegun() || !uncommitted.isEmpty();
    }

    /** Where the results of the next batch go. */
    Outbox outbox() {
        return background;
    }

    /** How long to wait before the brokers are tried again. */
    Duration wait(Duration atMost) {
        Duration remaining = backoff.remaining();
        return remaining.compareTo(atMost) < 0 ? remaining : atMost;
    }

    /** A batch is about to go through the route. */
    void handedOut() {
        uncommitted.handedOut();
    }

    /**
     * The batch got through the route: it is part of the next commit, unless the last one has failed meanwhile.
     *
     * @param took how long the route took for it
     */
    void succeeded(LoginBatch batch, Duration took) {
        if (concludes(batch)) {
            batch.onCommit(listener.routed(batch, took));
            batch.forget();
            uncommitted.add(batch);
        }
    }

    /** The route failed on the batch: it comes again in parts. */
    void failed(LoginBatch batch, Throwable failure) {
        LOG.warn("{} did not get through the route and will come again: {}", batch, describe(failure));
        if (concludes(batch)) {
            Login culprit = batch.culprit();
            queue.inParts(batch, culprit == null ? Set.of() : Set.of(culprit), failure);
            rollback();
        }
    }

    /** Nobody knows how far the route came with the batch: it comes again as it is. */
    void unfinished(LoginBatch batch) {
        if (concludes(batch)) {
            queue.again(batch);
            rollback();
        }
    }

    /** Commits what the route is through with; what does not commit goes back into the queue. */
    void commit() {
        conclude();
        if (uncommitted.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = uncommitted.offsets();
        List<LoginBatch> batches = uncommitted.drain();
        try {
            background.commit(offsets, consumer.groupMetadata());
            committed(batches, offsets);
        } catch (KafkaException e) {
            notCommitted(batches, e);
        }
    }

    /** The same, while the next batch is already on its way, where the delivery allows that. */
    void commitMeanwhile() {
        if (redelivering || !delivery.commitsOnAnyThread()) {
            commit();
            return;
        }
        conclude();
        if (!uncommitted.isEmpty()) {
            committingOffsets = uncommitted.offsets();
            background.begin(committingOffsets, consumer.groupMetadata());
            committing = uncommitted.drain();
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
        List<LoginBatch> batches = committing;
        committing = List.of();
        try {
            background.conclude();
            committed(batches, committingOffsets);
            return true;
        } catch (KafkaException e) {
            if (meanwhile != null) {
                queue.again(meanwhile);
            }
            notCommitted(batches, e);
            return false;
        }
    }

    private void committed(List<LoginBatch> batches, Map<TopicPartition, OffsetAndMetadata> offsets) {
        onCommit.accept(offsets);
        batches.forEach(this::done);
        redelivering = !queue.isEmpty();
        allIsWell();
    }

    private void notCommitted(List<LoginBatch> batches, KafkaException reason) {
        Set<Login> refused = delivery.refused();
        delivery.close();
        LOG.warn("what began with {} did not commit, looking again: {}", batches.get(0), describe(reason));
        if (refused.isEmpty()) {
            doubtful = batches;
            if (batches.size() == 1 && isOutlasted(reason)) {
                queue.inHalves(batches.get(0));
                redelivering = true;
            } else {
                putBack(batches);
            }
            pauseFor();
        } else {
            putBackInParts(batches, refused, reason);
        }
    }

    /** Whether the brokers had ended the transaction before; a batch that takes too long for one comes in halves. */
    private static boolean isOutlasted(KafkaException e) {
        return e instanceof ProducerFencedException
                || e instanceof InvalidProducerEpochException
                || e.getCause() instanceof ProducerFencedException
                || e.getCause() instanceof InvalidProducerEpochException;
    }

    /** Gives up everything since the last commit; it comes again. */
    void rollback() {
        conclude();
        delivery.rollback();
        putBack(uncommitted.drain());
    }

    private void putBack(List<LoginBatch> batches) {
        for (int i = batches.size() - 1; i >= 0; i--) {
            queue.again(batches.get(i));
        }
        redelivering = true;
    }

    private void putBackInParts(List<LoginBatch> batches, Set<Login> refused, KafkaException reason) {
        for (int i = batches.size() - 1; i >= 0; i--) {
            LoginBatch batch = batches.get(i);
            Set<Login> suspects = new HashSet<>();
            batch.forEach(login -> {
                if (refused.contains(login)) {
                    suspects.add(login);
                }
            });
            if (suspects.isEmpty()) {
                queue.again(batch);
                continue;
            }
            queue.inParts(batch, suspects, reason);
            if (suspects.stream().anyMatch(login -> login.state() == Login.State.DEAD_LETTERED)) {
                LOG.error(
                        "the dead-letter topic refuses {}: {}",
                        suspects.iterator().next(),
                        describe(reason));
                pauseFor();
            }
        }
        redelivering = true;
    }

    private void pauseFor() {
        backoff.failed();
        troubled = true;
    }

    private void allIsWell() {
        backoff.succeeded();
        troubled = false;
    }

    /**
     * Whether all is fit for the next batch; if not, tries to make it so, when it is time. The trouble is over only with
     * the next commit, or when nothing is left to commit: a producer may open although brokers refuse what it sends.
     */
    boolean recovered() {
        if (delivery.isOpen()) {
            if (troubled && queue.isEmpty() && !hasUncommitted()) {
                allIsWell();
            }
            return true;
        }
        if (!backoff.remaining().isZero()) {
            return false;
        }
        try {
            delivery.open();
            clearUp();
            return true;
        } catch (KafkaException e) {
            LOG.warn("cannot deliver for now, will try again: {}", describe(e));
            delivery.close();
            pauseFor();
            return false;
        }
    }

    /** The committed offsets tell what has become of the batches in doubt: no transaction is pending any more. */
    private void clearUp() {
        if (doubtful.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>(consumer.committed(queue.partitions(), LOOK_UP));
        offsets.values().removeIf(Objects::isNull);
        Map<TopicPartition, Long> committed = new HashMap<>();
        offsets.forEach((partition, offset) -> committed.put(partition, offset.offset()));
        queue.dropBefore(committed);
        onCommit.accept(offsets);
        for (LoginBatch batch : doubtful) {
            boolean isCommitted = Uncommitted.offsets(batch).entrySet().stream()
                    .allMatch(e -> committed.getOrDefault(e.getKey(), Long.MIN_VALUE)
                            >= e.getValue().offset());
            if (isCommitted) {
                done(batch);
            }
        }
        doubtful = List.of();
        redelivering = !queue.isEmpty();
    }

    private void done(LoginBatch batch) {
        queue.committed(batch);
        batch.committed();
    }

    /** Ends for good; what has not committed by now never will. */
    void close() {
        conclude();
        background.close();
        if (delivery.isOpen()) {
            delivery.rollback(); // a transaction left open would hold up readers until it times out
        }
        delivery.close();
    }

    private static String describe(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }
}
