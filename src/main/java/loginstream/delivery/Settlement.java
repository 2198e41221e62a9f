package loginstream.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import org.apache.kafka.clients.consumer.Consumer;
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
    /** A commit that takes longer is waiting for brokers that do not take the records, though they may be there. */
    private static final Duration LONG_COMMIT = Duration.ofSeconds(5);

    private final Consumer<?, ?> consumer;
    private final Delivery delivery;
    private final RedeliveryQueue queue;
    private final BatchListener listener;
    private final Uncommitted uncommitted = new Uncommitted();
    private final Clock clock = Clock.systemUTC();
    private final Backoff backoff = new Backoff(clock);
    /** Batches of which it is not known whether they committed. */
    private List<LoginBatch> doubtful = List.of();
    /** Whether something comes again: then each batch commits on its own, so that it harms no other. */
    private boolean redelivering;

    /** From a commit that failed to the next one that does not. */
    private volatile boolean troubled;
    /** When the commit under way has begun; null between commits. */
    private volatile Instant committingSince;

    /**
     * @param consumer tells of its group and the offsets committed there
     * @param queue where batches wait that have to come again
     */
    Settlement(Consumer<?, ?> consumer, Delivery delivery, RedeliveryQueue queue, BatchListener listener) {
        this.consumer = consumer;
        this.delivery = delivery;
        this.queue = queue;
        this.listener = listener;
    }

    /** Whether something keeps results from being delivered. May be asked by any thread. */
    boolean isTroubled() {
        Instant since = committingSince;
        return troubled || since != null && since.plus(LONG_COMMIT).isBefore(clock.instant());
    }

    /** Whether a commit should not wait any longer. */
    boolean isDue() {
        return uncommitted.isDue() || redelivering;
    }

    boolean hasUncommitted() {
        return !uncommitted.isEmpty();
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

    /** The batch got through the route: it is part of the next commit. */
    void succeeded(LoginBatch batch) {
        batch.forget();
        uncommitted.add(batch);
    }

    /** The route failed on the batch: it comes again in parts. */
    void failed(LoginBatch batch, Throwable failure) {
        LOG.warn("{} did not get through the route and will come again: {}", batch, describe(failure));
        Login culprit = batch.culprit();
        queue.inParts(batch, culprit == null ? Set.of() : Set.of(culprit), failure);
        rollback();
    }

    /** Nobody knows how far the route came with the batch: it comes again as it is. */
    void unfinished(LoginBatch batch) {
        queue.again(batch);
        rollback();
    }

    /** Commits what the route is through with; what does not commit goes back into the queue. */
    void commit() {
        if (uncommitted.isEmpty()) {
            return;
        }
        committingSince = clock.instant();
        try {
            delivery.commit(uncommitted.offsets(), consumer.groupMetadata());
            uncommitted.drain().forEach(this::done);
            redelivering = !queue.isEmpty();
            allIsWell();
        } catch (KafkaException e) {
            Set<Login> refused = delivery.refused();
            delivery.close();
            List<LoginBatch> failed = uncommitted.drain();
            LOG.warn("what began with {} did not commit, looking again: {}", failed.get(0), describe(e));
            if (refused.isEmpty()) {
                doubtful = failed;
                if (failed.size() == 1 && isOutlasted(e)) {
                    queue.inHalves(failed.get(0));
                    redelivering = true;
                } else {
                    putBack(failed);
                }
                pauseFor();
            } else {
                putBackInParts(failed, refused, e);
            }
        } finally {
            committingSince = null;
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
            if (troubled && queue.isEmpty() && uncommitted.isEmpty()) {
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
        Map<TopicPartition, Long> committed = new HashMap<>();
        consumer.committed(queue.partitions(), LOOK_UP).forEach((partition, offset) -> {
            if (offset != null) {
                committed.put(partition, offset.offset());
            }
        });
        queue.dropBefore(committed);
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
        listener.committed(batch);
    }

    /** Ends for good; what has not committed by now never will. */
    void close() {
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
