package loginstream.delivery.settlement;

import java.util.List;
import java.util.Map;
import loginstream.login.LoginBatch;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What is committed at once.
 *
 * @param batches in their order
 * @param offsets for each partition, the one after their last record, or after what follows that is no record
 */
record Commit(List<LoginBatch> batches, Map<TopicPartition, OffsetAndMetadata> offsets) {
    @Override
    public String toString() {
        return batches.isEmpty() ? "the positions of " + offsets.keySet() : "what began with " + batches.get(0);
    }
}
