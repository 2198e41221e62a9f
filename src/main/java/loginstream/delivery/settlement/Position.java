package loginstream.delivery.settlement;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Where a record lies. */
record Position(TopicPartition partition, long offset) {
    static Position of(ConsumerRecord<byte[], byte[]> source) {
        return new Position(new TopicPartition(source.topic(), source.partition()), source.offset());
    }
}
