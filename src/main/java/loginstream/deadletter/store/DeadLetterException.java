package loginstream.deadletter.store;

import loginstream.kafka.failure.AccessRefusal;
import loginstream.kafka.failure.Reason;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/** Reading or redriving cannot go on; the message says why in one line. */
public final class DeadLetterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DeadLetterException(String message) {
        super(message);
    }

    public DeadLetterException(String message, Throwable cause) {
        super(message, cause);
    }

    /** One line for what Kafka's clients throw; mistakes of our own stay what they are. */
    static RuntimeException of(Exception failure, String brokers) {
        if (failure instanceof DeadLetterException known) {
            return known;
        }
        if (failure instanceof InterruptedException || failure instanceof InterruptException) {
            Thread.currentThread().interrupt();
            return new DeadLetterException("interrupted", failure);
        }
        if (failure instanceof TimeoutException) {
            return new DeadLetterException(brokers + " cannot be reached: " + failure.getMessage(), failure);
        }
        if (AccessRefusal.of(failure).isPresent()) {
            return new DeadLetterException(brokers + ": " + Reason.message(failure), failure);
        }
        if (failure instanceof KafkaException) {
            return new DeadLetterException(Reason.message(failure), failure);
        }
        return failure instanceof RuntimeException mistake
                ? mistake
                : new DeadLetterException(failure.getMessage(), failure);
    }
}
