package loginstream.bench.contender;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The loop that the contenders without a framework share: poll, handle each record, flush, commitSync. */
final class PollingLoop {
    private final Assignment assignment;
    private final AtomicLong done = new AtomicLong();
    private final Thread thread = new Thread(this::run, "loop");
    private final Handler handler;
    private volatile boolean closed;

    /** What is done with a record. */
    @FunctionalInterface
    interface Handler {
        void handle(ConsumerRecord<byte[], byte[]> record, Producer<byte[], byte[]> producer);
    }

    PollingLoop(Assignment assignment, Handler handler) {
        this.assignment = assignment;
        this.handler = handler;
    }

    void start() {
        thread.start();
    }

    private void run() {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(ClientOptions.consumer(assignment));
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(ClientOptions.producer(assignment))) {
            consumer.subscribe(List.of(assignment.input()));
            while (!closed) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(500));
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    handler.handle(record, producer);
                }
                producer.flush();
                consumer.commitSync();
                done.addAndGet(records.count());
            }
        }
    }

    /** The record's key, headers and timestamp with another value. */
    static ProducerRecord<byte[], byte[]> copy(
            ConsumerRecord<byte[], byte[]> record, String topic, byte[] key, byte[] value) {
        return new ProducerRecord<>(topic, null, record.timestamp(), key, value, record.headers());
    }

    long done() {
        return done.get();
    }

    void close() {
        closed = true;
        try {
            thread.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
