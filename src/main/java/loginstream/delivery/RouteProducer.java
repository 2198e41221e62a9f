package loginstream.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import loginstream.login.Sendable;
import org.apache.camel.TypeConverter;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.KafkaMetric;

/**
 * The producer that Camel's Kafka endpoints see. Logins and dead letters find their own way to the producer of the
 * thread that consumed them, and into its transaction; anything else that a route sends is converted to bytes and goes
 * out on its own.
 */
final class RouteProducer implements Producer<Object, Object> {
    private final Supplier<Producer<byte[], byte[]>> others;
    private final TypeConverter converter;
    private Producer<byte[], byte[]> other;

    /**
     * @param others makes the producer for what are no logins, when there is any
     */
    RouteProducer(Supplier<Producer<byte[], byte[]>> others, TypeConverter converter) {
        this.others = others;
        this.converter = converter;
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<Object, Object> record) {
        return send(record, null);
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<Object, Object> record, Callback callback) {
        if (record.value() instanceof Sendable sendable) {
            sendable.sendTo(record.topic(), record.headers());
            if (callback != null) {
                callback.onCompletion(null, null);
            }
            return CompletableFuture.completedFuture(null);
        }
        return other().send(
                        new ProducerRecord<>(
                                record.topic(),
                                record.partition(),
                                record.timestamp(),
                                bytes(record.key()),
                                bytes(record.value()),
                                record.headers()),
                        callback);
    }

    private byte[] bytes(Object value) {
        if (value == null) {
            return null;
        }
        byte[] bytes = converter.tryConvertTo(byte[].class, value);
        return bytes != null
                ? bytes
                : converter.convertTo(String.class, value).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private synchronized Producer<byte[], byte[]> other() {
        if (other == null) {
            other = others.get();
        }
        return other;
    }

    @Override
    public synchronized void flush() {
        if (other != null) {
            other.flush();
        }
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
        return other().partitionsFor(topic);
    }

    @Override
    public synchronized Map<MetricName, ? extends Metric> metrics() {
        return other == null ? Map.of() : other.metrics();
    }

    @Override
    public void registerMetricForSubscription(KafkaMetric metric) {
        other().registerMetricForSubscription(metric);
    }

    @Override
    public void unregisterMetricFromSubscription(KafkaMetric metric) {
        other().unregisterMetricFromSubscription(metric);
    }

    @Override
    public Uuid clientInstanceId(Duration timeout) {
        return other().clientInstanceId(timeout);
    }

    @Override
    public void close() {
        close(Duration.ofSeconds(5));
    }

    @Override
    public synchronized void close(Duration timeout) {
        if (other != null) {
            other.close(timeout);
            other = null;
        }
    }

    @Override
    public void initTransactions() {
        throw noTransactions();
    }

    @Override
    public void beginTransaction() {
        throw noTransactions();
    }

    @Override
    public void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        throw noTransactions();
    }

    @Override
    public void commitTransaction() {
        throw noTransactions();
    }

    @Override
    public void abortTransaction() {
        throw noTransactions();
    }

    private static UnsupportedOperationException noTransactions() {
        return new UnsupportedOperationException(
                "leave out transacted and transactionalId: loginstream.delivery=exactly-once does it for every route");
    }
}
