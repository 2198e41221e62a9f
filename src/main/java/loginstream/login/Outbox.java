package loginstream.login;

import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Where the results of a batch go: the producer of the consumer thread that polled the batch. */
public interface Outbox {

    /**
     * Sends, without waiting for the answer. A failure is not thrown here: it shows when the batch is committed.
     *
     * @param record what to send
     * @param cause the login it comes from
     */
    void send(ProducerRecord<byte[], byte[]> record, Login cause);

    /**
     * Lets something take part in the next commit.
     *
     * @param type its type; there is one participant for each commit
     * @param beginning makes it, where none takes part yet
     * @return empty where nothing is ever committed, as with what was not consumed from Kafka
     */
    default <P extends Participant> Optional<P> enlist(Class<P> type, Participant.Beginning<P> beginning)
            throws InterruptedException {
        return Optional.empty();
    }
}
