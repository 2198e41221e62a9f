package loginstream.delivery.settlement;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import loginstream.login.Login;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * {@link loginstream.delivery.DeliveryGuarantee#EXACTLY_ONCE}: one transaction for all that commits at once, under load
 * several batches. A producer that had any trouble is closed and
 * replaced by one of the same transactional id: its initialization fences what is left of the old one, and waits until
 * the old transaction is either committed or aborted. So the committed offsets tell what has become of it.
 */
final class TransactionalDelivery implements Delivery {
    private final Supplier<Producer<byte[], byte[]>> producers;
    private volatile SendResults results = new SendResults();
    private volatile Producer<byte[], byte[]> producer;
    private volatile boolean inTransaction;
    private volatile boolean inDoubt;

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
    public void send(Sending sending) {
        SendResults now = results;
        if (now.isHopeless()) {
            return;
        }
        try {
            if (!inTransaction) {
                producer.beginTransaction();
                inTransaction = true;
            }
            producer.send(sending.record(), now.callbackFor(sending));
        } catch (KafkaException e) {
            now.failed(sending, e);
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
            inDoubt = true;
            producer.commitTransaction();
            inDoubt = false;
            inTransaction = false;
            results = new SendResults();
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
            results = new SendResults();
        } catch (KafkaException e) {
            close(); // the next producer will see to it
        }
    }

    /** They are part of the transaction. */
    @Override
    public void commitOffsets(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    /** What is sent meanwhile waits, and begins the next transaction. */
    @Override
    public boolean sendsWhileCommitting() {
        return true;
    }

    /** Before the brokers are asked to commit a transaction, they never do. */
    @Override
    public boolean isInDoubt() {
        return inDoubt;
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
        inTransaction = false;
        inDoubt = false;
        results = new SendResults();
    }
}
