package loginstream.delivery;

import java.util.Map;
import loginstream.login.LoginBatch;
import org.apache.kafka.common.TopicPartition;

/** Is told what has become durable, and how far behind a consumer is. Called by consumer threads. */
public interface BatchListener {

    /**
     * The results and offsets of a batch have committed.
     *
     * @param batch its logins hold what has become of them
     */
    void committed(LoginBatch batch);

    /**
     * How many records are waiting behind the last one polled.
     *
     * @param lag by assigned partition, in records; a partition that was given away is no longer in it
     * @param consumer whose partitions these are
     */
    void lag(Object consumer, Map<TopicPartition, Long> lag);
}
