package loginstream.delivery;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import loginstream.delivery.settlement.BatchListener;
import loginstream.delivery.settlement.Settlement;
import loginstream.kafka.failure.ThrottledLog;
import loginstream.login.LoginBatch;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumer that Camel polls on one thread. It gives Camel one record per poll, whose value is the {@link LoginBatch}
 * of up to a thousand that were fetched: so a batch costs one exchange, not one for each record, and Camel's handling of
 * offsets is out of the way. Camel polls again when the route is through with the batch; this commits it then or soon
 * after, and hands out again what did not commit. While that takes long, it keeps polling the brokers with its partitions
 * paused, so that it stays a member of its group. A long class, because what Kafka's consumer is to do in another way has
 * to be in a subclass of it.
 */
final class BatchConsumer extends KafkaConsumer<Object, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(BatchConsumer.class);
    /** Enough to leave the group; brokers that are away are not waited for. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(4);
    /** How long a large fetch may take to arrive; a commit before it would keep the thread for as long. */
    private static final Duration ON_ITS_WAY = Duration.ofMillis(20);
    /** How long the rest may take that is at the brokers; it was there before it was asked for. */
    private static final Duration REST = Duration.ofMillis(3);
    /** A fetch that took less was answered before it was waited for: it brings what was there then, not what is now. */
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    /** What is in the queue may take a slow route minutes; others that join its group must not wait for it. */
    private static final Duration LONGEST_SILENCE = Duration.ofMillis(500);

    private final BatchesInFlight inFlight;
    private final BatchListener listener;
    private final Runnable onClose;
    private final Admission admission;
    private final OtherServices services;
    private final Heartbeats heartbeats;
    private final Settlement settlement;
    private final PausedLag pausedLag = new PausedLag(this);
    /** Whether nothing more may be handed out, whatever Camel says of the route. */
    private final BooleanSupplier held;

    private final InputSpan span;
    /** Whether the route is suspended. */
    private boolean suspended;
    /** Whether all is committed since, and nothing more is handed out. */
    private volatile boolean resting;

    private LoginBatch inHand;
    private long handedOutNanos;
    /** Whether what the last fetch has brought was here before it was asked for. */
    private boolean fetchedAtOnce;

    private long polledNanos = System.nanoTime();
    private RouteResult result;
    private boolean assigned;
    private volatile boolean joined;
    private volatile boolean closed;

    /**
     * @param properties options of the Kafka consumer
     * @param settlement makes what brings this consumer's batches to their end
     * @param admission is told where the brokers refuse this consumer
     * @param services what is needed beside the brokers
     * @param troubles where it is told that the brokers do not answer
     * @param held whether nothing more may be handed out
     * @param span which records are handled
     * @param onClose told once it is closed
     */
    BatchConsumer(
            Properties properties,
            Function<BatchConsumer, Settlement> settlement,
            BatchesInFlight inFlight,
            BatchListener listener,
            Admission admission,
            OtherServices services,
            ThrottledLog troubles,
            BooleanSupplier held,
            InputSpan span,
            Runnable onClose) {
        super(properties);
        this.held = held;
        this.span = span;
        this.settlement = settlement.apply(this);
        this.inFlight = inFlight;
        this.listener = listener;
        this.admission = admission;
        this.services = services;
        this.onClose = onClose;
        this.heartbeats = new Heartbeats(this, properties, troubles);
        this.settlement.open();
    }

    /** What the route has made of a batch; the failure is null where it got through. */
    private record RouteResult(Throwable failure) {}

    /** The route is through with the batch in hand; what to do about it is decided at the next poll. */
    void routed(Throwable failureOrNull) {
        result = new RouteResult(failureOrNull);
    }

    /** Whether something keeps it from delivering. May be asked by any thread. */
    boolean isTroubled() {
        return settlement.isTroubled();
    }

    /** Whether it is a member of its group, be it without partitions. May be asked by any thread. */
    boolean isJoined() {
        return joined;
    }

    /** Whether its heartbeats are answered, as far as it is time for that. May be asked by any thread. */
    boolean isAnswered() {
        return heartbeats.unanswered().isEmpty();
    }

    /** Whether its route is suspended and all that it did is committed. May be asked by any thread. */
    boolean isResting() {
        return resting;
    }

    /** The process is about to end. May be called by any thread. */
    void stopping() {
        settlement.stopping();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public ConsumerRecords<Object, Object> poll(Duration timeout) {
        if (admission.isPausing()) {
            takeBack();
            settlement.commit(); // else the transaction would be over by the time it may be tried again
            admission.await(timeout);
            return ConsumerRecords.empty();
        }
        try {
            return next(timeout);
        } catch (AuthenticationException | AuthorizationException e) {
            admission.refused(e);
            // A new consumer reads secrets and the topic's partitions again. At the exception itself Camel would give
            // up.
            throw new KafkaException("to be made anew, as the brokers have refused it", e);
        } catch (KafkaException e) {
            throw e; // Kafka's own: of it is told elsewhere
        } catch (RuntimeException e) {
            inFlight.failed(e);
            throw e;
        }
    }

    private ConsumerRecords<Object, Object> next(Duration timeout) {
        takeBack();
        boolean paused = isPaused();
        if (paused) {
            settlement.commit();
        } else if (settlement.isDue()) {
            settlement.commitMeanwhile();
        }
        if (!settlement.recovered()) {
            stayInGroup(settlement.wait(timeout));
            return ConsumerRecords.empty();
        }
        if (paused) {
            resting = true;
            stayInGroup(timeout);
            return ConsumerRecords.empty();
        }
        resting = false;
        if (!settlement.hasNext()) {
            fill(timeout);
        } else if (System.nanoTime() - polledNanos > LONGEST_SILENCE.toNanos()) {
            stayInGroup(Duration.ZERO);
        }
        if (!settlement.isOpen() || !settlement.hasNext()) {
            return ConsumerRecords.empty();
        }
        if (!services.areThere()) {
            settlement.commit();
            stayInGroup(timeout);
            listener.lag(this, settlement.lag(pausedLag.lookUp())); // nothing is fetched, but more comes
            return ConsumerRecords.empty();
        }
        inHand = settlement.next();
        result = null;
        inFlight.handedOut(inHand, this);
        handedOutNanos = System.nanoTime();
        return single(inHand);
    }

    /** Held, or suspended: the one tells at once, the other lasts where the route was suspended by other means. */
    private boolean isPaused() {
        return suspended || held.getAsBoolean();
    }

    /** Fetches what is there; before it waits for more, what has been done is committed. */
    private void fill(Duration timeout) {
        Duration wait = timeout;
        if (settlement.hasUncommitted()) {
            if (isBehind()) {
                fetch(ON_ITS_WAY);
            }
            if (settlement.hasNext()) {
                return;
            }
            wait = settlement.beforeWait(timeout);
        }
        if (settlement.isOpen()) {
            fetch(wait);
            if (settlement.hasNext() && !isBehind()) {
                fetchRest();
            }
        }
        settlement.idle();
    }

    /** What comes until the next commit, or has come during the last one, shares one with what is here. */
    private void fetchRest() {
        Duration pause = settlement.untilNextCommit();
        if (!pause.isZero()) {
            LockSupport.parkNanos(pause.toNanos());
            fetch(Duration.ZERO);
        }
        if (fetchedAtOnce) {
            fetch(REST);
        }
    }

    /** Whether more records wait at the brokers, as of the last fetch. */
    private boolean isBehind() {
        return assignment().stream().anyMatch(partition -> currentLag(partition).orElse(0) > 0);
    }

    /** Takes the batch that the route has just finished: towards the next commit, or back into the queue. */
    private void takeBack() {
        if (inHand == null) {
            return;
        }
        LoginBatch batch = inHand;
        inHand = null;
        inFlight.settled(batch);
        if (result == null) { // Camel is stopping and did not let the route finish it
            settlement.unfinished(batch);
        } else if (services.isAway(result.failure())) {
            settlement.unfinished(batch);
        } else if (result.failure() != null) {
            settlement.failed(batch, result.failure());
        } else {
            Duration took = Duration.ofNanos(System.nanoTime() - handedOutNanos);
            if (listener.mayCommit(batch)) {
                settlement.succeeded(batch, took);
            } else {
                settlement.unfinished(batch);
            }
        }
        inFlight.worked();
    }

    /** Polls with everything paused: heartbeats and rebalances go on, nothing new comes. */
    private void stayInGroup(Duration timeout) {
        Set<TopicPartition> paused = new HashSet<>(assignment());
        super.pause(paused);
        try {
            fetch(timeout); // brings records only of a partition that was assigned just now
        } finally {
            paused.retainAll(assignment());
            super.resume(paused);
        }
    }

    private void fetch(Duration timeout) {
        long begun = System.nanoTime();
        ConsumerRecords<Object, Object> polled = super.poll(timeout);
        polledNanos = System.nanoTime();
        fetchedAtOnce = !polled.isEmpty() && polledNanos - begun < AT_ONCE.toNanos();
        joined = assigned && groupMetadata().generationId() >= 0;
        heartbeats.tell();
        if (!polled.isEmpty()) {
            admission.admitted();
        }
        ConsumerRecords<byte[], byte[]> wanted = span.within(bytes(polled), this::endAt);
        services.fetched(wanted);
        settlement.fetched(wanted);
        tellLag();
    }

    /** May come again: whoever pauses and resumes all partitions knows nothing of it. */
    private void endAt(TopicPartition partition, long offset) {
        super.seek(partition, offset);
        super.pause(Set.of(partition));
    }

    /** The deserializers are those for byte arrays, whatever Camel's types say. */
    @SuppressWarnings("unchecked")
    private static ConsumerRecords<byte[], byte[]> bytes(ConsumerRecords<?, ?> records) {
        return (ConsumerRecords<byte[], byte[]>) records;
    }

    /** How far it is behind: tells the listener. */
    void tellLag() {
        listener.lag(this, settlement.lag(isPaused() ? pausedLag.lookUp() : this::currentLag));
    }

    private static ConsumerRecords<Object, Object> single(LoginBatch batch) {
        ConsumerRecord<byte[], byte[]> first = batch.iterator().next().source();
        TopicPartition partition = new TopicPartition(first.topic(), first.partition());
        ConsumerRecord<Object, Object> whole =
                new ConsumerRecord<>(partition.topic(), partition.partition(), first.offset(), null, batch);
        return new ConsumerRecords<>(Map.of(partition, List.of(whole)), Map.of());
    }

    /** Camel calls this when the route is suspended. Also what waits in the queue is not handed out any more. */
    @Override
    public void pause(Collection<TopicPartition> partitions) {
        suspended = true;
        super.pause(partitions);
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        suspended = false;
        super.resume(partitions);
    }

    /**
     * Does nothing. When a route is resumed, Camel goes back to the committed offsets; the position is right already, and
     * what lies between the two is in the queue here: it would come twice.
     */
    @Override
    public void seek(TopicPartition partition, long offset) {}

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener camels) {
        super.subscribe(topics, new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                settlement.revoked(partitions);
                tell("gave back", partitions);
                camels.onPartitionsRevoked(partitions);
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                settlement.lost(partitions);
                tell("lost", partitions);
                camels.onPartitionsLost(partitions);
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                assigned = true; // also where a larger group has left none for this member
                tell("reads", partitions);
                camels.onPartitionsAssigned(partitions);
            }
        });
    }

    /** In the names that metrics and dead letters have, in their order. */
    private void tell(String what, Collection<TopicPartition> partitions) {
        if (LOG.isInfoEnabled()) {
            String names = partitions.stream()
                    .sorted(Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition))
                    .map(TopicPartition::toString)
                    .collect(Collectors.joining(", "));
            LOG.info("{} {} {}", groupMetadata().memberId(), what, names.isEmpty() ? "no partition" : names);
        }
    }

    /** Camel calls this when it stops polling: the last batch is committed before the partitions are given away. */
    @Override
    public void unsubscribe() {
        takeBack();
        settlement.commit();
        super.unsubscribe();
    }

    @Override
    public void close() {
        if (closed) { // Camel may do it twice, and the slot may be somebody else's by then
            return;
        }
        try {
            settlement.close();
        } finally {
            super.close(CloseOptions.timeout(CLOSE_TIMEOUT));
            closed = true;
            listener.lag(this, Map.of());
            onClose.run();
        }
    }
}
