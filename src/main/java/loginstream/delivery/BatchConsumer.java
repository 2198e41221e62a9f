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
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumer that Camel polls on one thread. It gives Camel one record per poll, whose value is the {@link LoginBatch}
 * of everything that was fetched: so a batch costs one exchange, not one for each record, and Camel's handling of
 * offsets is out of the way. Camel polls again when the route is through with the batch; then this commits it, or hands
 * out again what did not commit. While that takes long, it keeps polling the brokers with its partitions paused, so that
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
    private final Backoff backoff = new Backoff(Clock.systemUTC());
    private LoginBatch inHand;
    private RouteResult result;
    /** A batch of which it is not known whether it committed. */
    private LoginBatch doubtful;

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
        settle();
        if (!recovered()) {
            stayInGroup(min(timeout, backoff.remaining()));
            return ConsumerRecords.empty();
        }
        if (queue.isEmpty()) {
            List<ConsumerRecord<byte[], byte[]>> fetched = fetch(timeout);
            if (fetched.isEmpty()) {
                return ConsumerRecords.empty();
            }
            queue.append(fetched);
        }
        inHand = queue.next(delivery);
        result = null;
        inFlight.handedOut(inHand, this);
        return single(inHand);
    }

    /** Ends the batch that the route has just finished: commits it, or puts it back into the queue. */
    private void settle() {
        if (inHand == null) {
            return;
        }
        LoginBatch batch = inHand;
        inHand = null;
        inFlight.settled(batch);
        if (result == null) { // Camel is stopping and did not give it to the route
            queue.again(batch);
            return;
        }
        if (result.failure() != null) {
            LOG.warn("{} did not get through the route and will come again: {}", batch, describe(result.failure()));
            Login culprit = batch.culprit();
            delivery.rollback();
            queue.inParts(batch, culprit == null ? Set.of() : Set.of(culprit), result.failure());
            return;
        }
        try {
            deadLetterSender.accept(batch);
            delivery.commit(offsets(batch), groupMetadata());
            done(batch);
        } catch (KafkaException e) {
            LOG.warn("{} did not commit and will be settled again: {}", batch, describe(e));
            Set<Login> refused = delivery.refused();
            delivery.close();
            if (refused.isEmpty()) {
                doubtful = batch;
                queue.again(batch);
                backoff.failed();
                troubled = true;
            } else {
                queue.inParts(batch, refused, e);
            }
        }
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
            if (doubtful != null) {
                clearUp();
            }
            backoff.succeeded();
            troubled = false;
            return true;
        } catch (KafkaException e) {
            LOG.warn("cannot deliver for now, will try again: {}", describe(e));
            delivery.close();
            backoff.failed();
            troubled = true;
            return false;
        }
    }

    /** The committed offsets tell what has become of the batch in doubt: no transaction is pending any more. */
    private void clearUp() {
        Map<TopicPartition, Long> committed = new HashMap<>();
        committed(queue.partitions(), LOOK_UP).forEach((partition, offset) -> {
            if (offset != null) {
                committed.put(partition, offset.offset());
            }
        });
        queue.dropBefore(committed);
        boolean committedAll = offsets(doubtful).entrySet().stream()
                .allMatch(e -> committed.getOrDefault(e.getKey(), Long.MIN_VALUE)
                        >= e.getValue().offset());
        if (committedAll) {
            done(doubtful);
        }
        doubtful = null;
    }

    private void done(LoginBatch batch) {
        queue.committed(batch);
        listener.committed(batch);
    }

    /** Polls with everything paused: heartbeats and rebalances go on, nothing new comes. */
    private void stayInGroup(Duration timeout) {
        Set<TopicPartition> paused = new HashSet<>(assignment());
        super.pause(paused);
        List<ConsumerRecord<byte[], byte[]>> unasked = fetch(timeout);
        if (!unasked.isEmpty()) {
            queue.append(unasked); // from a partition that was assigned just now
        }
        paused.retainAll(assignment());
        super.resume(paused);
    }

    private List<ConsumerRecord<byte[], byte[]>> fetch(Duration timeout) {
        ConsumerRecords<Object, Object> polled = super.poll(timeout);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(polled.count());
        for (ConsumerRecord<Object, Object> record : polled) {
            records.add(bytes(record));
        }
        listener.lag(this, lag());
        return records;
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

    private static Map<TopicPartition, OffsetAndMetadata> offsets(LoginBatch batch) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        TopicPartition partition = null;
        ConsumerRecord<byte[], byte[]> last = null;
        for (Login login : batch) {
            ConsumerRecord<byte[], byte[]> source = login.source();
            if (partition == null
                    || source.partition() != partition.partition()
                    || !source.topic().equals(partition.topic())) {
                put(offsets, partition, last);
                partition = new TopicPartition(source.topic(), source.partition());
            }
            last = source;
        }
        put(offsets, partition, last);
        return offsets;
    }

    private static void put(
            Map<TopicPartition, OffsetAndMetadata> offsets,
            TopicPartition partition,
            ConsumerRecord<byte[], byte[]> last) {
        if (last != null) {
            offsets.put(partition, new OffsetAndMetadata(last.offset() + 1, last.leaderEpoch(), ""));
        }
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener camels) {
        super.subscribe(topics, new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                queue.dropPartitions(partitions);
                camels.onPartitionsRevoked(partitions);
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
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
        settle();
        super.unsubscribe();
    }

    @Override
    public void close() {
        try {
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
