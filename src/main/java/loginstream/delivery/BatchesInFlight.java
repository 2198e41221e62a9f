package loginstream.delivery;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import loginstream.kafka.failure.ThrottledLog;
import loginstream.login.LoginBatch;

/** Which consumer each batch on its way through a route came from. */
final class BatchesInFlight {
    private static final Duration LATELY = Duration.ofMinutes(1);

    private final Map<LoginBatch, BatchConsumer> consumers = new ConcurrentHashMap<>();
    private final ThrottledLog log;
    private boolean failing;
    private long failed;

    BatchesInFlight(ThrottledLog log) {
        this.log = log;
    }

    void handedOut(LoginBatch batch, BatchConsumer consumer) {
        consumers.put(batch, consumer);
    }

    void settled(LoginBatch batch) {
        consumers.remove(batch);
    }

    /** A consumer has failed for a reason that is in this program. Camel makes a new one, at once and without a word. */
    synchronized void failed(RuntimeException failure) {
        failing = true;
        failed = System.nanoTime();
        log.error("a consumer has failed and is made anew", failure);
    }

    /** A consumer is through with a batch. */
    synchronized void worked() {
        failing = false;
    }

    /** Whether a consumer has failed lately, and none was through with a batch since. */
    synchronized boolean isFailing() {
        return failing && System.nanoTime() - failed < LATELY.toNanos();
    }

    /** Tells the consumer that a route is through with its batch. */
    void routed(LoginBatch batch, Throwable failureOrNull) {
        BatchConsumer consumer = consumers.get(batch);
        if (consumer != null) {
            consumer.routed(failureOrNull);
        }
    }
}
