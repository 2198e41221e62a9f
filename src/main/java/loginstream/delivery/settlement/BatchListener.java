package loginstream.delivery.settlement;

import java.time.Duration;
import java.util.Map;
import loginstream.login.LoginBatch;
import org.apache.kafka.common.TopicPartition;

/** Is told what has become durable, and how far behind a consumer is. Called by consumer threads. */
public interface BatchListener {

    /**
     * Whether what a route has made of a batch is right. If not, the batch is handed out again as if it had not been.
     *
     * @param batch its logins hold what has become of them
     */
    default boolean mayCommit(LoginBatch batch) {
        return true;
    }

    /**
     * A route is through with a batch, and everything is sent, but nothing has committed yet.
     *
     * @param batch its logins hold what has become of them, and can be read for the last time
     * @param took how long the route took for it
     * @return run once when the results and offsets of the batch have committed; never if they do not: then its records
     *     come again in other batches
     */
    Runnable routed(LoginBatch batch, Duration took);

    /**
     * How many records there are whose results have not committed yet, those on their way through the route among them.
     *
     * @param lag by assigned partition, in records; a partition that was given away is no longer in it
     * @param consumer whose partitions these are
     */
    void lag(Object consumer, Map<TopicPartition, Long> lag);
}
