package loginstream.delivery.settlement;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import loginstream.kafka.failure.Reason;
import loginstream.kafka.failure.ThrottledLog;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import loginstream.storage.Gathering;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
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
 * {@link #isTroubled} and {@link #stopping}. A long class, so that every end that a batch can come to is decided on one
 * page.
 */
public final class Settlement {
    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(4);
    /** How long a rebalance waits to find out about a commit in doubt. */
    private static final Duration DECISION = Duration.ofSeconds(4);

    private final Consumer<?, ?> consumer;
    private final Delivery delivery;
    private final RedeliveryQueue queue;
    private final BatchListener listener;
    private final CommitListener commits;
    private final ThrottledLog troubles;
    private final DeliveryThread thread;
    private final CommitRhythm rhythm;
    private final BackgroundCommit background;
    private final Recovery recovery;
    private final PartitionOffsets offsets = new PartitionOffsets();
    private final Positions positions;
    private final Gathering gathering;
    private final Uncommitted uncommitted;
    private final InDoubt inDoubt = new InDoubt();
    private final BatchSizing sizing = new BatchSizing();
    /** Whether something comes again: then each batch commits on its own, so that it harms no other. */
    private boolean redelivering;

    /**
     * Results and offsets commit in one transaction.
     *
     * @param consumer tells of its group, its positions and the offsets committed there
     * @param producers makes transactional producers, each of which fences the one before
     */
    public static Settlement exactlyOnce(
            Consumer<?, ?> consumer, Supplier<Producer<byte[], byte[]>> producers, SettlementOptions options) {
        Delivery delivery = new TransactionalDelivery(producers);
        return new Settlement(consumer, delivery, options, new DeliveryThread(), Clock.systemUTC());
    }

    /**
     * Offsets are committed once the results are acknowledged.
     *
     * @param consumer commits the offsets, and tells of its positions and of what is committed
     * @param producers makes producers
     */
    public static Settlement atLeastOnce(
            Consumer<?, ?> consumer, Supplier<Producer<byte[], byte[]>> producers, SettlementOptions options) {
        Delivery delivery = new AcknowledgedDelivery(producers, end -> consumer.commitSync(end, COMMIT_TIMEOUT));
        return new Settlement(consumer, delivery, options, new DeliveryThread(), Clock.systemUTC());
    }

    Settlement(
            Consumer<?, ?> consumer, Delivery delivery, SettlementOptions options, DeliveryThread thread, Clock clock) {
        this.consumer = consumer;
        this.delivery = delivery;
        this.queue = new RedeliveryQueue(options.maxAttempts());
        this.listener = options.listener();
        this.commits = options.commits();
        this.gathering = options.gathering();
        this.uncommitted = new Uncommitted(gathering, clock);
        this.troubles = options.troubles();
        this.thread = thread;
        this.rhythm = new CommitRhythm(clock);
        this.background = new BackgroundCommit(delivery, thread, clock, rhythm, commits, gathering.isAny());
        this.recovery = new Recovery(delivery, thread, clock, troubles);
        this.positions = new Positions(consumer, offsets, clock);
    }

    /** Whether something keeps results from being delivered. May be asked by any thread. */
    public boolean isTroubled() {
        return recovery.isTroubled() || background.takesLong();
    }

    /** Whether a commit should not wait any longer. */
    public boolean isDue() {
        return uncommitted.isDue() || redelivering || background.pendingBytes() >= Uncommitted.MOST_BYTES;
    }

    public boolean hasUncommitted() {
        return background.isBegun() || !uncommitted.isEmpty();
    }

    /** What the consumer has just polled, to be handed out after what waits already. */
    public void fetched(ConsumerRecords<byte[], byte[]> polled) {
        positions.fetched(polled);
        if (!polled.isEmpty()) {
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(polled.count());
            polled.partitions().forEach(partition -> records.addAll(polled.records(partition)));
            queue.append(records);
        }
    }

    /**
     * The lag of each partition: what waits at the brokers, and what was fetched but has not committed.
     *
     * @param behind how many records wait at the brokers, where that is known
     */
    public Map<TopicPartition, Long> lag(Function<TopicPartition, OptionalLong> behind) {
        return offsets.lag(consumer.assignment(), behind);
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
        LoginBatch batch = queue.next(background, sizing.size());
        long sends = background.sends();
        batch.onWait(() -> commitBeforeWait(sends));
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
            sizing.took(batch.size(), took, batch.waited());
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
            giveUp(List.of(batch), failure);
            rollback();
        }
    }

    /** Nobody knows how far the route came with the batch, or it came to a wrong end: it comes again as it is. */
    public void unfinished(LoginBatch batch) {
        if (concludes(batch)) {
            queue.again(batch);
            giveUp(List.of(batch), new KafkaException("it is handed out again"));
            rollback();
        }
    }

    /** How long to wait for more that can share the next commit. */
    public Duration untilNextCommit() {
        return gathering.isAny() || redelivering ? Duration.ZERO : rhythm.untilNext();
    }

    /** Commits what the route is through with; what does not commit goes back into the queue. */
    public void commit() {
        commitMeanwhile();
        conclude();
    }

    /**
     * Nothing is to be done until more records come: commits, unless more are to be gathered before.
     *
     * @return how long those may be waited for
     */
    public Duration beforeWait(Duration atMost) {
        if (!gathering.isAny()) {
            commit();
            return atMost;
        }
        conclude();
        if (uncommitted.isEmpty()) {
            return atMost;
        }
        return uncommitted.due().compareTo(atMost) < 0 ? uncommitted.due() : atMost;
    }

    /** The same, while the next batches are already on their way, where the delivery allows that. */
    public void commitMeanwhile() {
        conclude();
        if (uncommitted.isEmpty()) {
            return;
        }
        Commit drained = uncommitted.drain();
        Map<TopicPartition, OffsetAndMetadata> passed = positions.passed();
        Map<TopicPartition, OffsetAndMetadata> proven = offsets.provenBy(drained.offsets());
        proven.putAll(passed);
        background.begin(new Commit(drained.batches(), proven), consumer.groupMetadata());
        if (redelivering || !delivery.sendsWhileCommitting()) {
            conclude();
        }
    }

    /**
     * What was done before must not wait for a batch whose logins wait: the brokers would end its transaction. Unless that
     * has sent something already, which is in the same transaction and must not commit without its offsets.
     *
     * @param sends how many records had been sent when the batch was handed out
     */
    private void commitBeforeWait(long sends) {
        if (gathering.isAny()
                || redelivering
                || uncommitted.isEmpty()
                || !delivery.sendsWhileCommitting()
                || background.sends() != sends) {
            return;
        }
        if (!background.isBegun() || background.succeeds()) { // else the batch in hand learns of it when it is through
            commitMeanwhile();
        }
    }

    /** There is nothing to be done: positions that have moved on without a record are committed. */
    public void idle() {
        if (hasUncommitted() || hasNext() || !isOpen()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> passed = positions.passedWhileIdle();
        if (!passed.isEmpty()) {
            background.begin(new Commit(List.of(), passed), consumer.groupMetadata());
            conclude();
        }
    }

    private void conclude() {
        concludes(null);
    }

    /**
     * Brings the commit in the background to its end.
     *
     * @param meanwhile the batch that was in the route meanwhile; it comes again if the commit has failed. Several may be
     *     there before that is known
     * @return whether all is well
     */
    private boolean concludes(LoginBatch meanwhile) {
        if (!background.isBegun() || meanwhile != null && background.isUnderWay()) {
            return true;
        }
        Commit commit = background.commit();
        try {
            background.conclude();
            committed(commit);
            return true;
        } catch (KafkaException e) {
            if (meanwhile != null) {
                queue.again(meanwhile);
                giveUp(List.of(meanwhile), e);
            }
            List<LoginBatch> since = uncommitted.drain().batches();
            again(since);
            giveUp(since, e);
            notCommitted(commit, e);
            return false;
        } finally {
            background.settled();
        }
    }

    private void committed(Commit commit) {
        done(commit);
        recovery.succeeded();
    }

    private void notCommitted(Commit commit, KafkaException reason) {
        List<LoginBatch> batches = commit.batches();
        Map<Login, RefusedSend> refused = delivery.refused();
        boolean doubtful = delivery.isInDoubt();
        delivery.close();
        background.dropPending();
        String why = Reason.of(reason);
        troubles.warn(why, commit + " did not commit, looking again: " + why);
        if (batches.isEmpty()) {
            recovery.failed();
            return;
        }
        redelivering = true;
        if (!refused.isEmpty()) {
            giveUp(batches, reason);
            if (!queue.refused(batches, refused)) {
                recovery.failed();
            }
            return;
        }
        if (doubtful) {
            inDoubt.add(commit);
        } else {
            giveUp(batches, reason);
        }
        if (batches.size() == 1 && isOutlasted(reason)) {
            queue.inHalves(batches.get(0));
        } else {
            again(batches);
        }
        recovery.failed();
    }

    /** Each on its own, as one of them may be the reason; but gathered ones are too many for that. */
    private void again(List<LoginBatch> batches) {
        if (gathering.isAny()) {
            queue.asOne(batches);
        } else {
            queue.again(batches);
        }
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
        if (!inDoubt.isEmpty() && recovery.opensWithin(DECISION)) { // as long as nobody else can commit in them
            cleared();
        }
        giveAway(partitions);
    }

    /** These partitions are somebody else's already: nothing can be committed in them. */
    public void lost(Collection<TopicPartition> partitions) {
        if (hasUncommitted()) {
            rollback();
        }
        giveAway(partitions);
    }

    private void giveAway(Collection<TopicPartition> partitions) {
        queue.dropPartitions(partitions);
        offsets.forget(partitions);
        List<LoginBatch> unknown = inDoubt.forget(partitions);
        if (!unknown.isEmpty()) {
            giveUp(unknown, new KafkaException("its partitions were given away before it was known to have committed"));
            LOG.warn(
                    "who has the partitions now finds out whether {} records from {} have committed: not counted here",
                    unknown.stream().mapToInt(LoginBatch::size).sum(),
                    unknown.get(0));
        }
    }

    /** Gives up everything since the last commit; it comes again. */
    private void rollback() {
        conclude();
        rollbackDelivery();
        List<LoginBatch> batches = uncommitted.drain().batches();
        again(batches);
        giveUp(batches, new KafkaException("rolled back"));
        redelivering = true;
    }

    /** Their results will never commit, for all that is known. */
    private static void giveUp(List<LoginBatch> batches, Throwable reason) {
        batches.forEach(batch -> batch.givenUp(reason));
    }

    private void rollbackDelivery() {
        background.dropPending();
        if (!delivery.isOpen()) {
            return;
        }
        try {
            thread.await(thread.begin(delivery::rollback));
        } catch (KafkaException e) {
            delivery.close();
        }
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
        return recovery.hasOpened() && cleared();
    }

    /** What was in doubt is so no longer, now that an earlier transaction is decided. */
    private boolean cleared() {
        if (inDoubt.isEmpty()) {
            return true;
        }
        try {
            List<LoginBatch> doubtful = new ArrayList<>(inDoubt.batches());
            Commit commit = inDoubt.resolve(consumer, queue.partitions());
            queue.dropBefore(commit.offsets());
            done(commit);
            doubtful.removeAll(commit.batches());
            giveUp(doubtful, new KafkaException("it turned out not to have committed"));
            return true;
        } catch (KafkaException e) {
            recovery.failedToOpen(e);
            return false;
        }
    }

    private void done(Commit commit) {
        offsets.committed(commit.offsets());
        commits.committed();
        commit.batches().forEach(batch -> {
            queue.committed(batch);
            batch.committed();
        });
        redelivering = redelivering && !queue.isEmpty();
    }

    /** The process is about to end: from now on no wait for brokers is long. May be called by any thread. */
    public void stopping() {
        thread.stopping();
    }

    /** Ends for good; what has not committed by now never will. */
    public void close() {
        stopping();
        conclude();
        recovery.await();
        // Nothing may try to commit it after this.
        giveUp(uncommitted.drain().batches(), new KafkaException("stopped before it was committed"));
        giveUp(inDoubt.batches(), new KafkaException("stopped before it was known to have committed"));
        rollbackDelivery(); // a transaction left open would hold up readers until it times out
        delivery.close();
        thread.close();
    }
}
