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
    /** More does not wait, in bytes, be it for a commit or for slow brokers: whoever sends waits instead. */
    private static final long MOST = 24 * PART;

    private final Delivery delivery;
    private final DeliveryThread thread;
    private final Queue<Part> handedOver = new ArrayDeque<>();
    private List<Sending> sendings = new ArrayList<>();
    /** Of these. */
    private long bytes;
    /** Of all that were handed over, as far as they are not known to be sent. */
    private long waiting;

    private long sends;
    /** What a part ended with before all of it was sent, or null. */
    private volatile Throwable failure;

    /** What the thread was given at once. */
    private record Part(CompletableFuture<Void> sent, long bytes) {}

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
        sendings.add(sending);
        bytes += sending.bytes();
        if (bytes >= PART) {
            handOver(before);
        }
    }

    /** What was sent goes before anything that the thread is given after this. */
    synchronized void handOver(CompletableFuture<Void> before) {
        if (sendings.isEmpty()) {
            return;
        }
        List<Sending> full = sendings;
        long size = bytes;
        sendings = new ArrayList<>();
        bytes = 0;
        makeRoomFor(size);
        CompletableFuture<Void> sent = thread.begin(() -> {
            if (before == null || !before.isCompletedExceptionally()) {
                send(full);
            }
        });
        handedOver.add(new Part(sent, size));
        waiting += size;
    }

    private void makeRoomFor(long size) {
        while (!handedOver.isEmpty()
                && (waiting + size > MOST || handedOver.peek().sent().isDone())) {
            Part first = handedOver.remove();
            waiting -= first.bytes();
            try {
                thread.await(first.sent());
            } catch (KafkaException e) {
                LOG.debug("the next commit will fail as well", e);
            }
        }
    }

    private void send(List<Sending> part) {
        try {
            part.forEach(delivery::send);
        } catch (Throwable e) { // also an error, such as too little memory: what comes after it was not sent
            failure = e;
            throw e;
        }
    }

    /**
     * Requires that all was sent that was handed over, for a commit.
     *
     * @throws KafkaException if something was left out
     */
    void requireSent() {
        Throwable reason = failure;
        if (reason != null) {
            throw new KafkaException("a record could not be sent", reason);
        }
    }

    /** Lets go of what was not handed over; what was is given up as well. */
    synchronized void drop() {
        sendings = new ArrayList<>();
        bytes = 0;
        failure = null;
    }

    /** How many records it was given so far. */
    synchronized long sends() {
        return sends;
    }
}
