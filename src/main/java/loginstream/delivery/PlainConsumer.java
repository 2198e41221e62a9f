package loginstream.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.Properties;
import loginstream.kafka.failure.Reason;
import loginstream.kafka.failure.ThrottledLog;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/** A consumer of another topic than the input: Kafka's own, but where it is refused it goes on trying. Camel would give up. */
final class PlainConsumer extends KafkaConsumer<Object, Object> {
    private final Admission admission;
    private final ThrottledLog troubles;

    PlainConsumer(Properties properties, ThrottledLog troubles) {
        super(properties);
        this.admission = new Admission(
                Clock.systemUTC(),
                troubles,
                "the brokers let the consumers in again"); // its own: logins do not wait where it is refused
        this.troubles = troubles;
    }

    @Override
    public ConsumerRecords<Object, Object> poll(Duration timeout) {
        if (admission.isPausing()) {
            admission.await(timeout);
            return ConsumerRecords.empty();
        }
        try {
            ConsumerRecords<Object, Object> polled = super.poll(timeout);
            if (!polled.isEmpty()) {
                admission.admitted();
            }
            return polled;
        } catch (AuthenticationException | AuthorizationException e) {
            admission.refused(e);
            return ConsumerRecords.empty();
        } catch (WakeupException | InterruptException e) { // told to stop
            throw e;
        } catch (KafkaException e) {
            troubles.warn(Reason.of(e), "a route cannot read for now: " + Reason.of(e));
            throw e;
        }
    }
}
