package loginstream.login;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * The logins of one poll, in the order of their offsets: the message body of the route. Each step handles them all at
 * once; a login that is done with (rejected, filtered) stays in its place and is passed over.
 */
public final class LoginBatch implements Iterable<Login>, Sendable {
    private final List<Login> logins;
    private Login culprit;
    private Runnable onCommit = () -> {};

    public LoginBatch(List<ConsumerRecord<byte[], byte[]>> records, Outbox outbox) {
        logins = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            logins.add(new Login(record, outbox));
        }
    }

    /** Number of logins, whatever has become of them. */
    public int size() {
        return logins.size();
    }

    /** Lets a step handle each login that is still on its way, in order. The first exception ends the loop. */
    void forEachOpen(LoginStep step) throws Exception {
        for (Login login : logins) {
            if (login.isOpen()) {
                try {
                    step.apply(login);
                } catch (Exception e) {
                    culprit = login;
                    throw e;
                }
            }
        }
    }

    /** The login at which a step last threw, or null where no single login is to blame. */
    public Login culprit() {
        return culprit;
    }

    /** Lets go of what only the steps needed; what has become of each login stays. */
    public void forget() {
        logins.forEach(Login::forget);
    }

    /** What to do once its results have committed. */
    public void onCommit(Runnable action) {
        onCommit = action;
    }

    /** Its results have committed. */
    public void committed() {
        onCommit.run();
    }

    @Override
    public void sendTo(String topic, Iterable<Header> extraHeaders) {
        for (Login login : logins) {
            login.sendTo(topic, extraHeaders);
        }
    }

    @Override
    public Iterator<Login> iterator() {
        return logins.iterator();
    }

    @Override
    public String toString() {
        return logins.isEmpty() ? "no logins" : size() + " logins from " + logins.get(0);
    }
}
