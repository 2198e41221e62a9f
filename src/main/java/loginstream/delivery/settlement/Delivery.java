package loginstream.delivery.settlement;

import java.util.Map;
import java.util.Set;
import loginstream.login.Login;
import loginstream.login.Outbox;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * How the results of one consumer thread become durable together with the offsets they come from. Only that thread may
 * call it, except for {@link #send} and, where {@link #commitsOnAnyThread} says so, {@link #commit}. After a failure, {@link #open} makes it fit for use again.
 */
interface Delivery extends Outbox, AutoCloseable {

    /**
     * Makes ready to send. Whatever an earlier use left unfinished is brought to an end: what was not committed by now
     * never will be.
     *
     * @throws KafkaException if the brokers cannot be reached
     */
    void open();

    /** Whether it is ready to send. */
    boolean isOpen();

    /**
     * Makes durable what was sent since the last commit, and these offsets with it. After a failure it has to be closed
     * and opened; the committed offsets then tell whether the commit has happened all the same.
     *
     * @throws KafkaException if that failed, or cannot be known
     */
    void commit(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group);

    /** Whether {@link #commit} may be called on another thread than the consumer's, while nothing else is called. */
    boolean commitsOnAnyThread();

    /** Gives up what was sent since the last commit, as far as the guarantee can. */
    void rollback();

    /** The logins since the last commit or roll-back whose records the brokers refused for what they are. */
    Set<Login> refused();

    /** Lets go of the producer. {@link #open} may follow. */
    @Override
    void close();
}
