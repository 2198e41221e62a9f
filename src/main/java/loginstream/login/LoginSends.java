package loginstream.login;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What single steps have sent for one login. It waits for the end of the route, and goes out in the order of the logins:
 * else a login whose step was tried again would be overtaken by those behind it. A step that is tried again takes back
 * what it has sent before. May be used by several threads, as the branches of a parallel step do.
 */
public final class LoginSends {
    private final List<Sent> waiting = new ArrayList<>(2);
    private final List<Failed> failed = new ArrayList<>(0);

    private record Sent(ProducerRecord<byte[], byte[]> record, boolean toOutput) {}

    /** A step that has sent something and then failed. */
    private record Failed(Object step, Exception exception, int before) {}

    LoginSends() {}

    /**
     * Sends at the end of the route.
     *
     * @param toOutput whether the record is the login's result, in the output topic
     */
    public synchronized void later(ProducerRecord<byte[], byte[]> record, boolean toOutput) {
        waiting.add(new Sent(record, toOutput));
    }

    /** How many records wait. */
    public synchronized int waiting() {
        return waiting.size();
    }

    /**
     * A step has failed.
     *
     * @param before how many records waited when it began
     */
    public synchronized void failed(Object step, Exception exception, int before) {
        if (waiting.size() > before) {
            failed.removeIf(earlier -> earlier.step() == step);
            failed.add(new Failed(step, exception, before));
        }
    }

    /**
     * A step begins. Where it is tried again, what it had sent is taken back.
     *
     * @param caught the exception that is handled now
     * @param redelivered whether Camel says that something is tried again
     */
    public synchronized void again(Object step, Exception caught, boolean redelivered) {
        if (!redelivered) {
            return;
        }
        for (Failed earlier : failed) {
            if (earlier.step() == step && earlier.exception() == caught) {
                waiting.subList(Math.min(earlier.before(), waiting.size()), waiting.size())
                        .clear();
                failed.removeIf(other -> other.before() >= earlier.before());
                return;
            }
        }
    }

    synchronized boolean hasDelivered() {
        return waiting.stream().anyMatch(Sent::toOutput);
    }

    synchronized void flush(Login login) {
        waiting.forEach(sent -> login.send(sent.record()));
        waiting.clear();
    }
}
