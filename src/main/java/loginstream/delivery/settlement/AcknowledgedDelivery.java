package loginstream.delivery.settlement;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import loginstream.login.Login;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** {@link loginstream.delivery.DeliveryGuarantee#AT_LEAST_ONCE}: waits for every acknowledgement, then commits the offsets. */
final class AcknowledgedDelivery implements Delivery {
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final Consumer<Map<TopicPartition, OffsetAndMetadata>> offsetCommit;
    private volatile Producer<byte[], byte[]> producer;
    private volatile SendResults results = new SendResults();
    private boolean inDoubt;

    /**
     * @param offsetCommit commits offsets of the consumer, and waits for it
     */
    AcknowledgedDelivery(
            Supplier<Producer<byte[], byte[]>> producers,
            Consumer<Map<TopicPartition, OffsetAndMetadata>> offsetCommit) {
        this.producers = producers;
        this.offsetCommit = offsetCommit;
    }

    @Override
    public void open() {
        if (producer == null) {
            producer = producers.get();
        }
    }

    @Override
    public boolean isOpen() {
        return producer != null;
    }

    @Override
    public void send(Sending sending) {
        SendResults now = results;
        if (now.isHopeless()) {
            return;
        }
        try {
            producer.send(sending.record(), now.callbackFor(sending));
        } catch (KafkaException e) {
            now.failed(sending, e);
        }
    }

    /** Its offsets follow. */
    @Override
    public void commit(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        producer.flush();
        Exception error = results.firstError();
        if (error != null) {
            throw error instanceof KafkaException known ? known : new KafkaException(error);
        }
    }

    @Override
    public void commitOffsets(Map<TopicPartition, OffsetAndMetadata> offsets) {
        inDoubt = true;
        offsetCommit.accept(offsets);
        inDoubt = false;
    }

    /** It waits for all that was sent, and what the next batch sends is not part of it. */
    @Override
    public boolean sendsWhileCommitting() {
        return false;
    }

    @Override
    public boolean isInDoubt() {
        return inDoubt;
    }

    /** What was sent cannot be called back; it will be there twice. Nobody asks any more what has become of it. */
    @Override
    public void rollback() {
        results = new SendResults();
    }

    @Override
    public Map<Login, RefusedSend> refused() {
        return results.refused();
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
        inDoubt = false;
        results = new SendResults();
    }
}
