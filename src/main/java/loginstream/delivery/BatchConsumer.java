package loginstream.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumer that Camel polls on one thread. It gives Camel one record per poll, whose value is the {@link LoginBatch}
 * of everything that was fetched: so a batch costs one exchange, not one for each record, and Camel's handling of
 * offsets is out of the way. Camel polls again when the route is through with the batch; this commits it then or soon
 * after, and hands out again what did not commit. While that takes long, it keeps polling the brokers with its partitions paused, so that
 * it stays a member of its group.
 */
final class BatchConsumer extends KafkaConsumer<Object, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(BatchConsumer.class);
    private static final Duration LOOK_UP = Duration.ofSeconds(5);

    private final Delivery delivery;
    private final RedeliveryQueue queue;
    private final BatchesInFlight inFlight;
    private final BatchListener listener;
    private final Consumer<LoginBatch> deadLetterSender;
    private final Runnable onClose;
    private final Uncommitted uncommitted = new Uncommitted();
    private final Backoff backoff = new Backoff(Clock.systemUTC());
    private LoginBatch inHand;
    private RouteResult result;
    /** Batches of which it is not known whether they committed. */
    private List<LoginBatch> doubtful = List.of();
    /** Whether something comes again: then each batch commits on its own, so that it harms no other. */
    private boolean redelivering;

    private volatile boolean troubled;
    private volatile boolean closed;

    /**
     * @param properties options of the Kafka consumer
     * @param delivery makes the delivery for this consumer
     * @param deadLetterSender sends what a route has rejected but not sent
     * @param onClose told once it is closed
     */
    BatchConsumer(
            Properties properties,
            Function<BatchConsumer, Delivery> delivery,
            RedeliveryQueue queue,
            BatchesInFlight inFlight,
            BatchListener listener,
            Consumer<LoginBatch> deadLetterSender,
            Runnable onClose) {
        super(properties);
        this.delivery = delivery.apply(this);
        this.queue = queue;
        this.inFlight = inFlight;
        this.listener = listener;
        this.deadLetterSender = deadLetterSender;
        this.onClose = onClose;
    }

    /** What the route has made of a batch; the failure is null where it got through. */
    private record RouteResult(Throwable failure) {}

    /** The route is through with the batch in hand; what to do about it is decided at the next poll. */
    void routed(Throwable failureOrNull) {
        result = new RouteResult(failureOrNull);
    }

    /** Whether something keeps it from delivering. May be asked by any thread. */
    boolean isTroubled() {
        return troubled;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public ConsumerRecords<Object, Object> poll(Duration timeout) {
        takeBack();
        if (uncommitted.isDue() || redelivering) {
            commit();
        }
        if (!recovered()) {
            stayInGroup(min(timeout, backoff.remaining()));
            return ConsumerRecords.empty();
        }
        if (queue.isEmpty()) {
            fill(timeout);
        }
        if (queue.isEmpty() || !delivery.isOpen()) {
            return ConsumerRecords.empty();
        }
        inHand = queue.next(delivery);
        result = null;
        inFlight.handedOut(inHand, this);
        return single(inHand);
    }

    /** Fetches what is there; before it waits for more, what has been done is committed. */
    private void fill(Duration timeout) {
        if (!uncommitted.isEmpty()) {
            fetch(Duration.ZERO);
            if (!queue.isEmpty()) {
                return;
            }
            commit();
        }
        if (delivery.isOpen()) {
            fetch(timeout);
        }
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
            queue.again(batch);
            rollback();
        } else if (result.failure() == null) {
            deadLetterSender.accept(batch);
            batch.forget();
            uncommitted.add(batch);
        } else {
            LOG.warn("{} did not get through the route and will come again: {}", batch, describe(result.failure()));
            Login culprit = batch.culprit();
            queue.inParts(batch, culprit == null ? Set.of() : Set.of(culprit), result.failure());
            rollback();
        }
    }

    /** Commits what the route is through with; what does not commit goes back into the queue. */
    private void commit() {
        if (uncommitted.isEmpty()) {
            return;
        }
        try {
            delivery.commit(uncommitted.offsets(), groupMetadata());
            uncommitted.drain().forEach(this::done);
            redelivering = !queue.isEmpty();
        } catch (KafkaException e) {
            Set<Login> refused = delivery.refused();
            delivery.close();
            List<LoginBatch> failed = uncommitted.drain();
            LOG.warn("what began with {} did not commit, looking again: {}", failed.get(0), describe(e));
            if (refused.isEmpty()) {
                doubtful = failed;
                putBack(failed);
                pauseFor();
            } else {
                putBackInParts(failed, refused, e);
            }
        }
    }

    /** Gives up everything since the last commit; it comes again. */
    private void rollback() {
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

    /** Whether all is fit for the next batch; if not, tries to make it so, when it is time. */
    private boolean recovered() {
        if (delivery.isOpen()) {
            return true;
        }
        if (!backoff.remaining().isZero()) {
            return false;
        }
        try {
            delivery.open();
            clearUp();
            backoff.succeeded();
            troubled = false;
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
        committed(queue.partitions(), LOOK_UP).forEach((partition, offset) -> {
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

    /** Polls with everything paused: heartbeats and rebalances go on, nothing new comes. */
    private void stayInGroup(Duration timeout) {
        Set<TopicPartition> paused = new HashSet<>(assignment());
        super.pause(paused);
        fetch(timeout); // brings records only of a partition that was assigned just now
        paused.retainAll(assignment());
        super.resume(paused);
    }

    private void fetch(Duration timeout) {
        ConsumerRecords<Object, Object> polled = super.poll(timeout);
        listener.lag(this, lag());
        if (polled.isEmpty()) {
            return;
        }
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(polled.count());
        for (ConsumerRecord<Object, Object> record : polled) {
            records.add(bytes(record));
        }
        queue.append(records);
    }

    /** The deserializers are those for byte arrays, whatever Camel's types say. */
    @SuppressWarnings("unchecked")
    private static ConsumerRecord<byte[], byte[]> bytes(ConsumerRecord<?, ?> record) {
        return (ConsumerRecord<byte[], byte[]>) record;
    }

    private Map<TopicPartition, Long> lag() {
        Map<TopicPartition, Long> lag = new HashMap<>();
        for (TopicPartition partition : assignment()) {
            currentLag(partition).ifPresent(records -> lag.put(partition, records));
        }
        return lag;
    }

    private static ConsumerRecords<Object, Object> single(LoginBatch batch) {
        ConsumerRecord<byte[], byte[]> first = batch.iterator().next().source();
        TopicPartition partition = new TopicPartition(first.topic(), first.partition());
        return new ConsumerRecords<>(Map.of(
                partition,
                List.of(new ConsumerRecord<>(partition.topic(), partition.partition(), first.offset(), null, batch))));
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener camels) {
        super.subscribe(topics, new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                commit();
                queue.dropPartitions(partitions);
                camels.onPartitionsRevoked(partitions);
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                if (!uncommitted.isEmpty()) {
                    rollback();
                }
                queue.dropPartitions(partitions);
                camels.onPartitionsLost(partitions);
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                camels.onPartitionsAssigned(partitions);
            }
        });
    }

    /** Camel calls this when it stops polling: the last batch is committed before the partitions are given away. */
    @Override
    public void unsubscribe() {
        takeBack();
        commit();
        super.unsubscribe();
    }

    @Override
    public void close() {
        try {
            if (delivery.isOpen()) {
                delivery.rollback(); // a transaction left open would hold up readers until it times out
            }
            delivery.close();
            super.close();
        } finally {
            closed = true;
            listener.lag(this, Map.of());
            onClose.run();
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static String describe(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }
}
