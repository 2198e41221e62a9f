package loginstream.delivery;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import loginstream.login.LoginBatch;

/** Which consumer each batch on its way through a route came from. */
final class BatchesInFlight {
    private final Map<LoginBatch, BatchConsumer> consumers = new ConcurrentHashMap<>();

    void handedOut(LoginBatch batch, BatchConsumer consumer) {
        consumers.put(batch, consumer);
    }

    void settled(LoginBatch batch) {
        consumers.remove(batch);
    }

    /** Tells the consumer that a route is through with its batch. */
    void routed(LoginBatch batch, Throwable failureOrNull) {
        BatchConsumer consumer = consumers.get(batch);
        if (consumer != null) {
            consumer.routed(failureOrNull);
        }
    }
}
