package loginstream.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import loginstream.kafka.failure.ThrottledLog;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.Metric;

/**
 * Whether the brokers answer a consumer that has nothing to read or to commit: then its heartbeats are all that tells. The
 * next one is sent only when the one before was answered, so it is Kafka's own count of seconds since the last one that
 * grows where brokers are away, or are there and hang.
 */
final class Heartbeats {
    private static final String LAST = "last-heartbeat-seconds-ago";

    private final Metric last;
    private final Duration limit;
    private final ThrottledLog troubles;
    private boolean missed;

    /**
     * @param options of the consumer; after its session timeout without a heartbeat it counts as gone at the brokers, too
     * @param troubles where it is told
     */
    Heartbeats(Consumer<?, ?> consumer, Properties options, ThrottledLog troubles) {
        this.last = consumer.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals(LAST))
                .findFirst()
                .orElseThrow();
        this.limit = Duration.ofMillis(Long.parseLong(
                options.get(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG).toString()));
        this.troubles = troubles;
    }

    /** For how long none was answered, where that is longer than it may be. May be asked by any thread. */
    Optional<Duration> unanswered() {
        if (!(last.metricValue() instanceof Double seconds)) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofSeconds(seconds.longValue())).filter(ago -> ago.compareTo(limit) > 0);
    }

    /** Tells where it has come to that, and where it is over. For the consumer's thread, every now and then. */
    void tell() {
        Optional<Duration> unanswered = unanswered();
        if (unanswered.isPresent()) {
            missed = true;
            troubles.warn(
                    LAST,
                    "no heartbeat was answered for " + unanswered.get().toSeconds()
                            + " s: the brokers do not answer, or a rebalance takes long; waiting");
        } else if (missed) {
            missed = false;
            troubles.over("the brokers answer again");
        }
    }
}
