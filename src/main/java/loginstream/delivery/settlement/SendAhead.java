package loginstream.delivery.settlement;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the delivery thread send, so that the consumer's thread goes on: Kafka's part of a send takes a fifth of a record's
 * time, and what belongs to the next transaction waits there until the one before has committed. It goes there in parts, for
 * a task costs more than a send. Used by several threads.
 */
final class SendAhead {
    private static final Logger LOG = LoggerFactory.getLogger(SendAhead.class);
    /** How large a part is, in bytes. */
    private static final long PART = 64 << 10;
    /** More do not wait, be it for a commit or for slow brokers: whoever sends waits instead. */
    private static final int MOST_PARTS = 24;

    private final Delivery delivery;
    private final DeliveryThread thread;
    private final Queue<CompletableFuture<Void>> handedOver = new ArrayDeque<>();
    private List<Sending> part = new ArrayList<>();
    private long bytes;
    private long sends;

    SendAhead(Delivery delivery, DeliveryThread thread) {
        this.delivery = delivery;
        this.thread = thread;
    }

    /**
     * Sends, soon.
     *
     * @param before the commit before which it must not be sent, and not at all if that fails; or null
     */
    synchronized void send(Sending sending, CompletableFuture<Void> before) {
        sends++;
        part.add(sending);
        bytes += sending.bytes();
        if (bytes >= PART) {
            handOver(before);
        }
    }

    /** What was sent goes before anything that the thread is given after this. */
    synchronized void handOver(CompletableFuture<Void> before) {
        if (part.isEmpty()) {
            return;
        }
        List<Sending> full = part;
        drop();
        if (handedOver.size() == MOST_PARTS) {
            await(handedOver.remove());
        }
        handedOver.add(thread.begin(() -> {
            if (before == null || !before.isCompletedExceptionally()) {
                full.forEach(delivery::send);
            }
        }));
    }

    private void await(CompletableFuture<Void> sent) {
        try {
            thread.await(sent);
        } catch (KafkaException e) {
            LOG.debug("the process stops, so the commit fails as well", e);
        }
    }

    /** Lets go of what was not handed over. */
    synchronized void drop() {
        part = new ArrayList<>();
        bytes = 0;
    }

    /** How many records it was given so far. */
    synchronized long sends() {
        return sends;
    }
}
