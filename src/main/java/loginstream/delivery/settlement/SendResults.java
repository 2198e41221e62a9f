package loginstream.delivery.settlement;

import java.util.LinkedHashMap;
import java.util.Map;
import loginstream.kafka.Refusal;
import loginstream.login.Login;
import org.apache.kafka.clients.producer.Callback;

/** What has become of the sends that commit together. Filled by the producer's thread; a new one for the next sends. */
final class SendResults {
    private final Map<Login, RefusedSend> refused = new LinkedHashMap<>();
    private Exception firstError;
    /** Whether a send failed for a reason that is not in its record, so that the others would fail too. */
    private volatile boolean hopeless;

    Callback callbackFor(Login login) {
        boolean asDeadLetter = isRejected(login);
        return (metadata, exception) -> {
            if (exception != null) {
                failed(login, exception, asDeadLetter);
            }
        };
    }

    /** The send itself has thrown. */
    void failed(Login login, Exception exception) {
        failed(login, exception, isRejected(login));
    }

    /** All that a rejected login sends is its dead letter. */
    private static boolean isRejected(Login login) {
        return login != null && login.state() == Login.State.REJECTED;
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
