package loginstream.delivery;

/** What is promised of each record between the input and the output topic. */
public enum DeliveryGuarantee {
    /**
     * Results, dead letters and the batches' offsets commit in one Kafka transaction: a reader with
     * {@code isolation.level=read_committed} sees the result of each input record exactly once, whatever is killed,
     * restarted or rebalanced. Costs a transaction for each batch or, under load, for several of them. Does not cover
     * readers that read uncommitted, topics of another cluster, nor effects that a route has outside of Kafka.
     */
    EXACTLY_ONCE,

    /**
     * Offsets are committed only after the brokers have acknowledged every result of the batch with {@code acks=all}:
     * nothing is lost. After a crash, or a send that failed in part, results of that batch come again. Costs less
     * latency than a transaction. Does not cover duplicates: readers have to be idempotent.
     */
    AT_LEAST_ONCE
}
