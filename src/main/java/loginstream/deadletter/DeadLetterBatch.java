package loginstream.deadletter;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import loginstream.login.Sendable;
import org.apache.kafka.common.header.Header;

/** The logins of a batch that were rejected, as a message body that a Kafka endpoint can send. May be empty. */
public final class DeadLetterBatch implements Sendable {
    private final List<Login> rejected;
    private final Clock clock;
    private final DeadLetterLog log;

    private DeadLetterBatch(List<Login> rejected, Clock clock, DeadLetterLog log) {
        this.rejected = rejected;
        this.clock = clock;
        this.log = log;
    }

    /** What was rejected of a batch and has not been sent yet. */
    static DeadLetterBatch of(LoginBatch batch, Clock clock, DeadLetterLog log) {
        return rejectedOf(batch, clock, log);
    }

    static DeadLetterBatch of(Login login, Clock clock, DeadLetterLog log) {
        return rejectedOf(List.of(login), clock, log);
    }

    private static DeadLetterBatch rejectedOf(Iterable<Login> logins, Clock clock, DeadLetterLog log) {
        List<Login> rejected = new ArrayList<>();
        for (Login login : logins) {
            if (login.state() == Login.State.REJECTED) {
                rejected.add(login);
            }
        }
        return new DeadLetterBatch(rejected, clock, log);
    }

    public int size() {
        return rejected.size();
    }

    /** Sends each as it was consumed, the failure in headers. The topic keeps the input's key, so their order too. */
    @Override
    public void sendTo(String topic, Iterable<Header> extraHeaders) {
        for (Login login : rejected) {
            login.sendAsDeadLetter(topic, DeadLetterHeaders.of(login, clock.instant()));
            log.sent(login);
        }
    }

    @Override
    public String toString() {
        return size() + " dead letters";
    }
}
