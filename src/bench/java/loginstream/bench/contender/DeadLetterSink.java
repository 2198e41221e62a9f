package loginstream.bench.contender;

import java.time.Clock;
import java.util.List;
import loginstream.deadletter.DeadLetters;
import loginstream.login.LoginBatch;
import loginstream.login.Outbox;
import loginstream.login.Rejection;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Dead letters with the headers of Loginstream, for contenders that are not Loginstream. */
final class DeadLetterSink {
    private final String topic;
    private final DeadLetters deadLetters = new DeadLetters(Clock.systemUTC());

    DeadLetterSink(String topic) {
        this.topic = topic;
    }

    void send(ConsumerRecord<byte[], byte[]> record, Rejection why, Outbox outbox) {
        LoginBatch one = new LoginBatch(List.of(record), outbox);
        one.iterator().next().reject(why);
        deadLetters.rejectedOf(one).sendTo(topic, List.of());
    }
}
