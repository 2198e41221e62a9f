package loginstream.delivery.settlement;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import loginstream.login.Login;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** {@link loginstream.config.DeliveryGuarantee#AT_LEAST_ONCE}: waits for every acknowledgement, then commits the offsets. */
final class AcknowledgedDelivery implements Delivery {
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final Consumer<Map<TopicPartition, OffsetAndMetadata>> offsetCommit;
    private final SendResults results = new SendResults();
    private Producer<byte[], byte[]> producer;

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
    public void send(ProducerRecord<byte[], byte[]> record, Login cause) {
        if (results.isHopeless()) {
            return;
        }
        try {
            producer.send(record, results.callbackFor(cause));
        } catch (KafkaException e) {
            results.failed(cause, e);
        }
    }

    @Override
    public void commit(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        producer.flush();
        Exception error = results.firstError();
        if (error != null) {
            throw error instanceof KafkaException known ? known : new KafkaException(error);
        }
        offsetCommit.accept(offsets);
    }

    /** What was sent cannot be called back; it will be there twice. */
    @Override
    public void rollback() {
        producer.flush();
        results.clear();
    }

    /** The consumer commits its offsets itself, and only on its own thread. */
    @Override
    public boolean commitsOnAnyThread() {
        return false;
    }

    @Override
    public Set<Login> refused() {
        return results.refused();
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(5));
            producer = null;
        }
        results.clear();
    }
}
