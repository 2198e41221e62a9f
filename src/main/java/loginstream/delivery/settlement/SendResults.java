package loginstream.delivery.settlement;

import java.util.HashSet;
import java.util.Set;
import loginstream.kafka.Refusal;
import loginstream.login.Login;
import org.apache.kafka.clients.producer.Callback;

/** What has become of the sends of one batch. Filled by the producer's thread. */
final class SendResults {
    private final Set<Login> refused = new HashSet<>();
    private Exception firstError;
    /** Whether a send failed for a reason that is not in its record, so that the others would fail too. */
    private volatile boolean hopeless;

    Callback callbackFor(Login login) {
        return (metadata, exception) -> {
            if (exception != null) {
                failed(login, exception);
            }
        };
    }

    synchronized void failed(Login login, Exception exception) {
        if (Refusal.isOne(exception)) {
            refused.add(login);
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

    synchronized Set<Login> refused() {
        return Set.copyOf(refused);
    }

    synchronized void clear() {
        refused.clear();
        firstError = null;
        hopeless = false;
    }
}
