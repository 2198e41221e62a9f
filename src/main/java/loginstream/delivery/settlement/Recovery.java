package loginstream.delivery.settlement;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import loginstream.kafka.failure.Backoff;
import loginstream.kafka.failure.Reason;
import loginstream.kafka.failure.ThrottledLog;
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
    private final DeliveryThread thread;
    private final Backoff backoff;
    private final ThrottledLog troubles;
    private CompletableFuture<Void> opening;
    /** From a failure to the next success. */
    private volatile boolean troubled;

    Recovery(Delivery delivery, DeliveryThread thread, Clock clock, ThrottledLog troubles) {
        this.delivery = delivery;
        this.thread = thread;
        this.backoff = new Backoff(clock);
        this.troubles = troubles;
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
        if (troubled) {
            troubled = false;
            troubles.over("results commit again");
        }
    }

    /** How long the consumer should wait before it asks again. */
    Duration wait(Duration atMost) {
        Duration remaining = opening == null ? backoff.remaining() : LOOK;
        return remaining.compareTo(atMost) < 0 ? remaining : atMost;
    }

    /** Begins to open the delivery, when it is time. */
    void begin() {
        if (opening == null && backoff.remaining().isZero()) {
            opening = thread.begin(delivery::open);
        }
    }

    /** Whether nothing is being opened; only then may the delivery be looked at. */
    boolean isOver() {
        return opening == null;
    }

    /** Whether the delivery has just been opened. */
    boolean hasOpened() {
        return opening != null && opening.isDone() && isOpened(Duration.ZERO);
    }

    /** Opens it now, without a pause before, and waits so long for it. */
    boolean opensWithin(Duration atMost) {
        if (opening == null) {
            opening = thread.begin(delivery::open);
        }
        return isOpened(atMost);
    }

    private boolean isOpened(Duration atMost) {
        try {
            if (!thread.isOver(opening, atMost)) {
                return false;
            }
            opening = null;
            return true;
        } catch (KafkaException e) {
            opening = null;
            failedToOpen(e);
            return false;
        }
    }

    /** It is of no use: it will be opened again. */
    void failedToOpen(KafkaException reason) {
        String why = Reason.of(reason);
        troubles.warn(why, "cannot deliver for now, will try again: " + why);
        delivery.close();
        failed();
    }

    /** Waits until nothing is being opened any more. */
    void await() {
        if (opening != null) {
            try {
                thread.await(opening);
            } catch (KafkaException e) {
                LOG.debug("not opened any more: {}", Reason.of(e));
            } finally {
                opening = null;
            }
        }
    }
}
