package loginstream.bench.contender;

import java.time.Clock;
import loginstream.deadletter.DeadLetterLog;
import loginstream.deadletter.DeadLetters;
import loginstream.login.Login;
import loginstream.login.Outbox;
import loginstream.login.Rejection;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Dead letters with the headers of Loginstream, for contenders that are not Loginstream. */
public final class DeadLetterSink {
    private static final Clock CLOCK = Clock.systemUTC();

    private final String topic;
    private final DeadLetters deadLetters = new DeadLetters(CLOCK, DeadLetterLog.none(CLOCK));

    public DeadLetterSink(String topic) {
        this.topic = topic;
    }

    /** Sends one, for that reason. */
    public void send(ConsumerRecord<byte[], byte[]> record, Rejection why, Outbox outbox) {
        Login login = new Login(record, outbox);
        login.reject(why);
        deadLetters.send(login, topic);
        login.sendWaiting();
    }
}
