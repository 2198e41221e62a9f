package loginstream.deadletter.redrive;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import loginstream.kafka.failure.Refusal;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Sends a few records and what is remembered of them, all or none. A record that the brokers refuse is left out. */
final class RedriveTransaction {
    private final Producer<byte[], byte[]> producer;

    /** A record for the input topic, and the entry of the log that belongs to it. */
    record Sending(ProducerRecord<byte[], byte[]> record, ProducerRecord<byte[], byte[]> entry) {}

    RedriveTransaction(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /**
     * Commits them.
     *
     * @param before goes out first, in the same transaction
     * @return how many were refused, for what they are
     * @throws KafkaException if it is not known to be committed
     */
    int commit(List<ProducerRecord<byte[], byte[]>> before, List<Sending> sendings) {
        List<Sending> left = new ArrayList<>(sendings);
        while (!left.isEmpty()) {
            Set<Sending> refused = attempt(before, left);
            if (refused.isEmpty()) {
                break;
            }
            left.removeAll(refused);
        }
        return sendings.size() - left.size();
    }

    private Set<Sending> attempt(List<ProducerRecord<byte[], byte[]>> before, List<Sending> sendings) {
        Results results = new Results();
        try {
            producer.beginTransaction();
            before.forEach(record -> producer.send(record, results.of(null)));
            for (Sending sending : sendings) {
                producer.send(sending.record(), results.of(sending));
                producer.send(sending.entry(), results.of(null));
            }
            producer.flush();
        } catch (KafkaException e) {
            results.failed(null, e); // the consequence, where a record before was refused
        }
        Set<Sending> refused = results.refused();
        if (!refused.isEmpty()) {
            producer.abortTransaction();
            return refused;
        }
        results.throwFailure();
        producer.commitTransaction();
        return Set.of();
    }

    /** What has become of the sends; filled by the producer's thread. */
    private static final class Results {
        private final Set<Sending> refused = new HashSet<>();
        private final AtomicReference<Exception> failure = new AtomicReference<>();

        Callback of(Sending sending) {
            return (metadata, exception) -> {
                if (exception != null) {
                    failed(sending, exception);
                }
            };
        }

        synchronized void failed(Sending sending, Exception exception) {
            if (sending != null && Refusal.isOne(exception)) {
                refused.add(sending);
            }
            failure.compareAndSet(null, exception);
        }

        synchronized Set<Sending> refused() {
            return Set.copyOf(refused);
        }

        void throwFailure() {
            Exception first = failure.get();
            if (first != null) {
                throw first instanceof KafkaException kafka ? kafka : new KafkaException(first);
            }
        }
    }
}
