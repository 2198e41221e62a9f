package loginstream.delivery.settlement;

import java.util.Map;
import loginstream.login.Login;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * How the results of one consumer thread become durable together with the offsets they come from. {@link #open},
 * {@link #send}, {@link #commit} and {@link #rollback} may wait for brokers, and are called on the {@link DeliveryThread};
 * everything else on the consumer's thread, while nothing of that goes on. After a failure, {@link #open} makes it fit for use
 * again.
 */
interface Delivery extends AutoCloseable {
    /**
     * Makes ready to send. Whatever an earlier use left unfinished is brought to an end: what was not committed by now
     * never will be.
     *
     * @throws KafkaException if the brokers cannot be reached
     */
    void open();

    /** Whether it is ready to send. */
    boolean isOpen();

    /** Sends, without waiting for the answer. A failure is not thrown here: it shows when it is committed. */
    void send(Sending sending);

    /**
     * Makes durable what was sent since the last commit, and these offsets with it, where both can be done at once.
     *
     * @throws KafkaException if that failed, or cannot be known; it has to be closed and opened then
     */
    void commit(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group);

    /**
     * Follows each commit: commits the offsets, where only the consumer's own thread can.
     *
     * @throws KafkaException as {@link #commit} does
     */
    void commitOffsets(Map<TopicPartition, OffsetAndMetadata> offsets);

    /** Whether what the next batches send may wait for {@link #commit}. */
    boolean sendsWhileCommitting();

    /**
     * Whether a commit that failed may have happened all the same, since the brokers were asked for it; the committed
     * offsets then tell, once it was closed and opened.
     */
    boolean isInDoubt();

    /** Gives up what was sent since the last commit, as far as the guarantee can. */
    void rollback();

    /** The logins since the last commit or roll-back whose records the brokers refused for what they are, and why. */
    Map<Login, RefusedSend> refused();

    /** Lets go of the producer, at once. {@link #open} may follow. */
    @Override
    void close();
}
