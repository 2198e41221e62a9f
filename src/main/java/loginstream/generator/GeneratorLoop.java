package loginstream.generator;

import java.io.IOException;
import java.time.Clock;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import loginstream.kafka.KafkaSettings;
import loginstream.kafka.failure.Reason;
import loginstream.schema.SchemaMismatchException;
import loginstream.schema.TopicSerializer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends made-up logins at a steady rate, in this thread or in one of its own. */
public final class GeneratorLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GeneratorLoop.class);
    private static final long LONGEST_NAP = TimeUnit.MILLISECONDS.toNanos(100);

    private final KafkaSettings kafka;
    private final String topic;
    private final double rate;
    private final long count;
    private final LoginGenerator generator;
    private final TopicSerializer serializer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private volatile boolean closed;
    private volatile long sent;
    private Thread thread;

    /**
     * @param rate records a second; 0 is as fast as it goes
     * @param badShare 0 to 1
     * @param count how many
     * @param serializer makes values of the topic; what it cannot is sent as JSON, which is bad then
     */
    public GeneratorLoop(
            KafkaSettings kafka,
            String topic,
            double rate,
            double badShare,
            long count,
            long seed,
            TopicSerializer serializer) {
        this.kafka = kafka;
        this.topic = topic;
        this.rate = rate;
        this.count = count;
        this.serializer = serializer;
        this.generator = new LoginGenerator(seed, badShare, Clock.systemUTC());
    }

    /** As the sandbox's settings say, without end. */
    public static GeneratorLoop endless(
            KafkaSettings kafka, String topic, SandboxSettings sandbox, TopicSerializer serializer) {
        return new GeneratorLoop(
                kafka, topic, sandbox.rate(), sandbox.badShare(), Long.MAX_VALUE, System.nanoTime(), serializer);
    }

    /** Runs in a thread of its own until closed. */
    public void start() {
        thread = new Thread(() -> runUntilClosed(), "generator");
        thread.setDaemon(true);
        thread.start();
    }

    private void runUntilClosed() {
        try {
            run(progress -> {});
        } catch (KafkaException e) {
            LOG.warn("the generator has stopped: {}", e.getMessage());
        }
    }

    /** How many were sent. */
    public long sent() {
        return sent;
    }

    /**
     * Sends until the count is reached or it is closed.
     *
     * @param progress told how many were sent
     * @throws KafkaException if one could not be sent
     */
    public void run(LongConsumer progress) {
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(properties())) {
            long start = System.nanoTime();
            while (sent < count && !closed && failure.get() == null) {
                if (rate > 0) {
                    awaitTurn(start);
                }
                producer.send(new ProducerRecord<>(topic, next()), (metadata, exception) -> {
                    if (exception != null) {
                        failure.compareAndSet(null, exception);
                    }
                });
                sent++;
                progress.accept(sent);
            }
            producer.flush();
        }
        if (failure.get() != null) {
            throw new KafkaException("could not send: " + Reason.message(failure.get()), failure.get());
        }
    }

    private byte[] next() {
        byte[] json = generator.next();
        try {
            return json == null ? null : serializer.serialize(json);
        } catch (IOException | SchemaMismatchException | IllegalArgumentException e) {
            return json;
        }
    }

    private void awaitTurn(long start) {
        long due = start + (long) (sent * 1e9 / rate);
        while (!closed) {
            long wait = due - System.nanoTime();
            if (wait <= 0) {
                return;
            }
            LockSupport.parkNanos(Math.min(wait, LONGEST_NAP));
        }
    }

    private Properties properties() {
        Properties properties = kafka.clientProperties();
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 5);
        return properties;
    }

    @Override
    public void close() {
        closed = true;
        Thread running = thread;
        if (running != null) {
            try {
                running.join(TimeUnit.SECONDS.toMillis(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
