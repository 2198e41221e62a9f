package loginstream.delivery.settlement;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import loginstream.kafka.Reason;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a delivery, at the start and whenever it had to be closed, with pauses that grow as long as that fails. Opening
 * takes several round trips, so it happens on another thread: the consumer joins its group, or stays in it, meanwhile.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    /** How often the consumer looks whether the delivery is open. */
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Delivery delivery;
    private final Executor thread;
    private final Backoff backoff = new Backoff(Clock.systemUTC());
    private CompletableFuture<Void> opening;
    /** From a failure to the next success. */
    private volatile boolean troubled;

    /**
     * @param thread where deliveries are opened
     */
    Recovery(Delivery delivery, Executor thread) {
        this.delivery = delivery;
        this.thread = thread;
    }

    /** Whether something has failed since the last success. May be asked by any thread. */
    boolean isTroubled() {
        return troubled;
    }

    void failed() {
        backoff.failed();
        troubled = true;
    }

    void succeeded() {
        backoff.succeeded();
        troubled = false;
    }

    /** How long the consumer should wait before it asks again. */
    Duration wait(Duration atMost) {
        Duration remaining = opening == null ? backoff.remaining() : LOOK;
        return remaining.compareTo(atMost) < 0 ? remaining : atMost;
    }

    /** Begins to open the delivery, when it is time. */
    void begin() {
        if (opening == null && backoff.remaining().isZero()) {
            opening = CompletableFuture.runAsync(delivery::open, thread);
        }
    }

    /** Whether nothing is being opened; only then may the delivery be looked at. */
    boolean isOver() {
        return opening == null;
    }

    /** Whether the delivery has just been opened. */
    boolean hasOpened() {
        if (opening == null || !opening.isDone()) {
            return false;
        }
        try {
            opening.join();
            return true;
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof KafkaException)) {
                throw e;
            }
            failedToOpen((KafkaException) e.getCause());
            return false;
        } finally {
            opening = null;
        }
    }

    /** It is of no use: it will be opened again. */
    void failedToOpen(KafkaException reason) {
        LOG.warn("cannot deliver for now, will try again: {}", Reason.of(reason));
        delivery.close();
        failed();
    }

    /** Waits until nothing is being opened any more. */
    void await() {
        if (opening != null) {
            opening.handle((done, failure) -> null).join();
            opening = null;
        }
    }
}
