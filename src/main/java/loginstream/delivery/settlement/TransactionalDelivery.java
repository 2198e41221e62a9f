package loginstream.delivery.settlement;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import loginstream.login.Login;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * {@link loginstream.config.DeliveryGuarantee#EXACTLY_ONCE}: one transaction for all that commits at once, under load
 * several batches. A producer that had any trouble is closed and
 * replaced by one of the same transactional id: its initialization fences what is left of the old one, and waits until
 * the old transaction is either committed or aborted. So the committed offsets tell what has become of it.
 */
final class TransactionalDelivery implements Delivery {
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final SendResults results = new SendResults();
    private Producer<byte[], byte[]> producer;
    private boolean inTransaction;

    TransactionalDelivery(Supplier<Producer<byte[], byte[]>> producers) {
        this.producers = producers;
    }

    @Override
    public void open() {
        close();
        Producer<byte[], byte[]> fresh = producers.get();
        try {
            fresh.initTransactions();
        } catch (KafkaException e) {
            fresh.close(Duration.ZERO);
            throw e;
        }
        producer = fresh;
    }

    @Override
    public boolean isOpen() {
        return producer != null;
    }

    @Override
    public synchronized void send(ProducerRecord<byte[], byte[]> record, Login cause) {
        if (results.isHopeless()) {
            return;
        }
        try {
            if (!inTransaction) {
                producer.beginTransaction();
                inTransaction = true;
            }
            producer.send(record, results.callbackFor(cause));
        } catch (KafkaException e) {
            results.failed(cause, e);
        }
    }

    @Override
    public void commit(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        try {
            if (!inTransaction) {
                producer.beginTransaction();
                inTransaction = true;
            }
            producer.sendOffsetsToTransaction(offsets, group);
            producer.flush();
            if (results.firstError() != null) { // also of a send that failed without the producer taking note
                throw new KafkaException("a record could not be sent", results.firstError());
            }
            producer.commitTransaction();
            inTransaction = false;
            results.clear();
        } catch (KafkaException e) {
            // A record that was refused is the reason; that the transaction then fails is only the consequence.
            throw results.firstError() instanceof KafkaException first ? first : e;
        }
    }

    @Override
    public void rollback() {
        if (!inTransaction) {
            return;
        }
        try {
            producer.abortTransaction();
            inTransaction = false;
            results.clear();
        } catch (KafkaException e) {
            close(); // the next producer will see to it
        }
    }

    /** The producer may be used by any thread; the consumer is not touched. */
    @Override
    public boolean commitsOnAnyThread() {
        return true;
    }

    @Override
    public Set<Login> refused() {
        return results.refused();
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
        inTransaction = false;
        results.clear();
    }
}
