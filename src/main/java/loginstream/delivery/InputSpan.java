package loginstream.delivery;

import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Which of the input's records are handled. Asked by consumer threads. */
@FunctionalInterface
public interface InputSpan {

    /** All of them, for ever. */
    InputSpan ALL = (polled, end) -> polled;

    /** Ends the consumption of a partition. */
    @FunctionalInterface
    interface End {
        /** The record at that offset and those behind it are not consumed. */
        void at(TopicPartition partition, long offset);
    }

    /**
     * What of it is handled; the rest is passed over.
     *
     * @param polled what a consumer has fetched
     * @param end is told of a partition that is at its end
     */
    ConsumerRecords<byte[], byte[]> within(ConsumerRecords<byte[], byte[]> polled, End end);
}
