package loginstream.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import loginstream.delivery.BatchListener;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has become of the records, counted once it is committed; and how many are waiting. The counts are kept here, not
 * in the meter registry, so that nothing that happens to the registry can reset them.
 */
public final class LoginMetrics implements BatchListener, MeterBinder {
    public static final String RECORDS = "loginstream.records";
    public static final String DEAD_LETTERS = "loginstream.dead.letters";
    public static final String REDELIVERIES = "loginstream.redeliveries";
    public static final String ROUTE_RELOADS = "loginstream.route.reloads";
    public static final String CONSUMER_LAG = "loginstream.consumer.lag";
    private static final List<String> FAILURES = List.of("unparseable", "invalid", "processing");

    private static final Logger LOG = LoggerFactory.getLogger(LoginMetrics.class);

    private final LongAdder appliedReloads = new LongAdder();
    private final LongAdder rejectedReloads = new LongAdder();
    private final LongAdder redeliveries = new LongAdder();
    private final LongAdder processed = new LongAdder();
    private final LongAdder filtered = new LongAdder();
    private final LongAdder deadLettered = new LongAdder();
    private final Map<String, LongAdder> byFailure = new ConcurrentHashMap<>();
    private final Map<Object, Map<TopicPartition, Long>> lagByConsumer = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Gauge> lagGauges = new ConcurrentHashMap<>();
    private volatile MeterRegistry registry;

    /**
     * The counts at one moment, since the start of the process.
     *
     * @param lag records that wait behind the last ones polled
     */
    public record Totals(long processed, long filtered, long deadLettered, long lag) {
        /** All records whose fate is decided. */
        public long in() {
            return processed + filtered + deadLettered;
        }
    }

    public LoginMetrics() {
        FAILURES.forEach(failure -> byFailure.put(failure, new LongAdder()));
    }

    /** A step is about to be tried again. */
    public void redelivered() {
        redeliveries.increment();
    }

    /** Edited routes have taken the place of the ones before. */
    public void reloadApplied() {
        appliedReloads.increment();
    }

    /** Edited routes were wrong; the ones before go on. */
    public void reloadRejected() {
        rejectedReloads.increment();
    }

    public long appliedReloads() {
        return appliedReloads.sum();
    }

    public long rejectedReloads() {
        return rejectedReloads.sum();
    }

    @Override
    public void committed(LoginBatch batch) {
        int good = 0;
        int bad = 0;
        int unsent = 0;
        for (Login login : batch) {
            switch (login.state()) {
                case PROCESSED -> good++;
                case DEAD_LETTERED -> {
                    bad++;
                    byFailure.get(login.rejection().failure()).increment();
                }
                case OPEN -> unsent++;
                default -> {}
            }
        }
        processed.add(good);
        deadLettered.add(bad);
        filtered.add(batch.size() - good - bad);
        if (unsent > 0) {
            LOG.warn("the route ended without sending {} of {}: they count as filtered", unsent, batch);
        }
    }

    @Override
    public void lag(Object consumer, Map<TopicPartition, Long> lag) {
        if (lag.isEmpty()) {
            lagByConsumer.remove(consumer);
        } else {
            lagByConsumer.put(consumer, lag);
            if (registry != null && !lagGauges.keySet().containsAll(lag.keySet())) {
                lag.keySet().forEach(partition -> lagGauges.computeIfAbsent(partition, this::lagGauge));
            }
        }
    }

    private Gauge lagGauge(TopicPartition partition) {
        return Gauge.builder(CONSUMER_LAG, () -> lagOf(partition))
                .description("Records waiting behind the last one polled")
                .tag("topic", partition.topic())
                .tag("partition", Integer.toString(partition.partition()))
                .register(registry);
    }

    /** The lag of one partition in records; not a number where no consumer of this process has it. */
    private double lagOf(TopicPartition partition) {
        for (Map<TopicPartition, Long> lag : lagByConsumer.values()) {
            Long records = lag.get(partition);
            if (records != null) {
                return records;
            }
        }
        return Double.NaN;
    }

    /** The counts now. */
    public Totals totals() {
        long lag = lagByConsumer.values().stream()
                .flatMap(byPartition -> byPartition.values().stream())
                .mapToLong(Long::longValue)
                .sum();
        return new Totals(processed.sum(), filtered.sum(), deadLettered.sum(), lag);
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        registry = meters;
        FunctionCounter.builder(REDELIVERIES, redeliveries, LongAdder::sum)
                .description("How often a step was tried again")
                .register(meters);
        reloads(meters, "applied", appliedReloads);
        reloads(meters, "rejected", rejectedReloads);
        counter(meters, "processed", processed);
        counter(meters, "filtered", filtered);
        counter(meters, "dead_lettered", deadLettered);
        byFailure.forEach((failure, count) -> FunctionCounter.builder(DEAD_LETTERS, count, LongAdder::sum)
                .description("Records that became dead letters, by kind of failure")
                .tag("failure", failure)
                .register(meters));
    }

    private static void reloads(MeterRegistry meters, String result, LongAdder count) {
        FunctionCounter.builder(ROUTE_RELOADS, count, LongAdder::sum)
                .description("Edits of the YAML routes, by what has become of them")
                .tag("result", result)
                .register(meters);
    }

    private static void counter(MeterRegistry meters, String outcome, LongAdder count) {
        FunctionCounter.builder(RECORDS, count, LongAdder::sum)
                .description("Records whose result has been committed, by outcome")
                .tag("outcome", outcome)
                .register(meters);
    }
}
