package loginstream.delivery.settlement;

import java.util.LinkedHashMap;
import java.util.Map;
import loginstream.kafka.failure.Refusal;
import loginstream.login.Login;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What has become of the sends that commit together. Filled by the producer's thread; a new one for the next sends. */
final class SendResults {
    private final Map<Login, RefusedSend> refused = new LinkedHashMap<>();
    private Exception firstError;
    /** Whether a send failed for a reason that is not in its record, so that the others would fail too. */
    private volatile boolean hopeless;

    /** Does not hold on to the record: all that are on their way would stay in memory for it. */
    Callback callbackFor(Sending sending) {
        Login login = sending.cause();
        boolean asDeadLetter = sending.asDeadLetter();
        return (metadata, exception) -> {
            if (exception != null) {
                failed(login, naming(metadata.topic(), exception), asDeadLetter);
            }
        };
    }

    /** A send has failed. */
    void failed(Sending sending, Exception exception) {
        failed(sending.cause(), naming(sending.record().topic(), exception), sending.asDeadLetter());
    }

    /** Kafka does not say which topic is not there; one of a step may be misspelt. */
    private static Exception naming(String topic, Exception exception) {
        return exception instanceof UnknownTopicOrPartitionException
                        || exception.getCause() instanceof UnknownTopicOrPartitionException
                ? new UnknownTopicOrPartitionException("there is no topic " + topic + ", or not for this client")
                : exception;
    }

    private synchronized void failed(Login login, Exception exception, boolean asDeadLetter) {
        if (Refusal.isOne(exception)) {
            refused.putIfAbsent(login, new RefusedSend(exception, asDeadLetter));
        } else {
            hopeless = true;
        }
        if (firstError == null) {
            firstError = exception;
        }
    }

    /** Whether more sends are of no use, as what was sent cannot commit; each might wait its time for the brokers. */
    boolean isHopeless() {
        return hopeless;
    }

    synchronized Exception firstError() {
        return firstError;
    }

    /** By login, in the order of the refusals. */
    synchronized Map<Login, RefusedSend> refused() {
        return new LinkedHashMap<>(refused);
    }
}
