package loginstream.login;

import org.apache.kafka.clients.producer.ProducerRecord;

/** Where the results of a batch go: the producer of the consumer thread that polled the batch. */
public interface Outbox {

    /**
     * Sends without waiting. A failure is not thrown here: it shows when the batch is committed.
     *
     * @param record what to send
     * @param cause the login it comes from
     */
    void send(ProducerRecord<byte[], byte[]> record, Login cause);
}
