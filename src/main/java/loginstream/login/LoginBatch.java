package loginstream.login;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.spi.UnitOfWork;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Logins of one poll, in the order of their offsets: the message body of the route for the steps that handle them
 * all at once. A login that is done with (rejected, filtered, stopped) stays in its place and is passed over.
 */
public final class LoginBatch implements Iterable<Login> {
    /** Exchange property with the batch that an exchange began with, whatever a route makes of its body. */
    public static final String PROPERTY = "logins";

    private final List<Login> logins;
    private final boolean rejected;
    private final boolean plain;
    private List<Failure> failures = List.of();
    private boolean ordered;
    private long waitedNanos;
    private Runnable onWait = () -> {};
    private Runnable onCommit = () -> {};

    /** A login at which a step has thrown. */
    public record Failure(Login login, Exception exception) {}

    public LoginBatch(List<ConsumerRecord<byte[], byte[]>> records, Outbox outbox) {
        logins = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            logins.add(new Login(record, outbox));
        }
        rejected = false;
        plain = false;
    }

    private LoginBatch(List<Login> logins, boolean rejected, boolean plain) {
        this.logins = logins;
        this.rejected = rejected;
        this.plain = plain;
        this.ordered = true;
    }

    /** Logins that come as plain messages. */
    static LoginBatch ofPlain(List<Login> logins) {
        return new LoginBatch(logins, false, true);
    }

    /** Logins that were rejected, on their way through what a route does about failures. */
    public static LoginBatch ofRejected(List<Login> logins) {
        return new LoginBatch(logins, true, false);
    }

    /** Number of logins, whatever has become of them. */
    public int size() {
        return logins.size();
    }

    /** Whether a login of this batch is still on the way that the batch is on. */
    public boolean isOnItsWay(Login login) {
        return rejected ? !login.isStopped() : login.isOpen();
    }

    /** Lets a step handle each login that is still on its way, in order. Where it throws, that is kept for the login. */
    public void forEachOpen(LoginStep step) {
        for (Login login : logins) {
            if (login.isOpen()) {
                try {
                    step.apply(login);
                } catch (Exception e) {
                    fail(login, e);
                }
            }
        }
    }

    /** The same for a step that looks at members: what other steps have changed is read first. */
    public void forEachRead(LoginStep step) {
        for (Login login : logins) {
            if (login.isOpen()) {
                try {
                    login.requireRead();
                    if (login.exchange() != null) {
                        LoginContent.adopt(login, login.exchange());
                    }
                    step.apply(login);
                } catch (Exception e) {
                    fail(login, e);
                }
            }
        }
    }

    /** A step has thrown at a login. */
    public void fail(Login login, Exception exception) {
        if (failures.isEmpty()) {
            failures = new ArrayList<>();
        }
        failures.add(new Failure(login, exception));
    }

    /** The failures since this was last asked. */
    public List<Failure> takeFailures() {
        List<Failure> taken = failures;
        failures = List.of();
        return taken;
    }

    /** Whether its logins were not consumed from Kafka, but sent to the route as plain messages. */
    public boolean isPlain() {
        return plain;
    }

    /** From now on what is sent waits for the end of the route, so that it keeps the order of the logins. */
    public void keepOrder() {
        ordered = true;
    }

    /** Whether what is sent has to wait for the end of the route. */
    public boolean isOrderKept() {
        return ordered;
    }

    /** What to do before a step waits for logins, which may last. */
    public void onWait(Runnable action) {
        onWait = action;
    }

    /** A step is about to wait for logins, e.g. for their redelivery. */
    public void waits() {
        onWait.run();
    }

    /** A step has only waited for so long, e.g. for the next redelivery of the logins that fail. */
    public void noteWait(long nanos) {
        waitedNanos += nanos;
    }

    /** How long steps have only waited. */
    public Duration waited() {
        return Duration.ofNanos(waitedNanos);
    }

    /** The records that it ends with, so many at most. */
    public List<ConsumerRecord<byte[], byte[]>> last(int most) {
        return logins.subList(Math.max(0, logins.size() - most), logins.size()).stream()
                .map(Login::source)
                .toList();
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
        complete(null);
    }

    /** Its results will never commit; its records come again in other batches. */
    public void givenUp(Throwable reason) {
        complete(reason);
    }

    /** Whatever steps have put off until a login is done with, e.g. {@code onCompletion}. */
    private void complete(Throwable failure) {
        if (!ordered) { // no login has an exchange of its own
            return;
        }
        for (Login login : logins) {
            Exchange own = login.exchange();
            if (own != null && own.getUnitOfWork() != null) {
                if (failure != null) {
                    own.setException(failure);
                }
                UnitOfWork unit = own.getUnitOfWork();
                if (unit.getRoute() != null) {
                    unit.afterRoute(own, unit.getRoute());
                }
                unit.done(own);
            }
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
