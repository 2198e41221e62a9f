package loginstream.deadletter.store;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaFuture;

/** Waits for an answer of the brokers, and throws what they say rather than a wrapping of it. */
final class KafkaFutures {
    private KafkaFutures() {}

    static <T> T get(KafkaFuture<T> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
