package loginstream.metrics;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import loginstream.delivery.settlement.BatchListener;
import loginstream.login.DeadLetterForm;
import loginstream.login.Failure;
import loginstream.login.LoginBatch;
import loginstream.login.LoginField;
import loginstream.storage.StoreListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has become of the records, counted once it is committed; and how many are waiting. The counts are kept here, not
 * in a meter registry, so that nothing that happens to a registry can reset them; {@link LoginMeters} show them.
 */
public final class LoginMetrics implements BatchListener, StoreListener {
    private static final Logger LOG = LoggerFactory.getLogger(LoginMetrics.class);

    final LongAdder appliedReloads = new LongAdder();
    final LongAdder rejectedReloads = new LongAdder();
    final LongAdder rolledBackReloads = new LongAdder();
    final LongAdder redeliveries = new LongAdder();
    final LongAdder processed = new LongAdder();
    final LongAdder filtered = new LongAdder();
    final LongAdder deadLettered = new LongAdder();
    /** Each kind at its ordinal. */
    final LongAdder[] byFailure = new LongAdder[Failure.values().length];
    /** Each form at its ordinal. */
    final LongAdder[] byForm = new LongAdder[DeadLetterForm.values().length];

    final FieldCounts byDevice = new FieldCounts(LoginField.DEVICE_TYPE);
    final FieldCounts byLocale = new FieldCounts(LoginField.LOCALE);
    final FieldCounts byVersion = new FieldCounts(LoginField.APP_VERSION);
    final Histogram batchNanos = Histogram.ofTime(
            NANOSECONDS,
            500_000,
            1_000_000,
            2_500_000,
            5_000_000,
            10_000_000,
            25_000_000,
            50_000_000,
            100_000_000,
            250_000_000,
            500_000_000,
            1_000_000_000,
            5_000_000_000L,
            30_000_000_000L);
    final Histogram batchRecords =
            Histogram.ofRecords(1, 5, 10, 50, 100, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000);
    final Histogram latencyMillis = Histogram.ofTime(
            MILLISECONDS, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000, 1_800_000);

    final LongAdder storeFailures = new LongAdder();
    final Histogram storeMillis =
            Histogram.ofTime(MILLISECONDS, 1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000);

    private final Clock clock;
    private final FieldCounts[] fields = {byDevice, byLocale, byVersion};
    private final Map<Object, Map<TopicPartition, Long>> lagByConsumer = new ConcurrentHashMap<>();

    /**
     * The counts at one moment, since the start of the process.
     *
     * @param lag records that are there, or on their way through the route, and not committed yet
     */
    public record Totals(long processed, long filtered, long deadLettered, long lag) {
        /** All records whose fate is decided. */
        public long in() {
            return processed + filtered + deadLettered;
        }
    }

    public LoginMetrics() {
        this(Clock.systemUTC());
    }

    /**
     * @param clock tells when a batch commits
     */
    LoginMetrics(Clock clock) {
        this.clock = clock;
        Arrays.setAll(byFailure, i -> new LongAdder());
        Arrays.setAll(byForm, i -> new LongAdder());
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

    /** Edited routes had gone live and were wrong; the ones before are back. */
    public void reloadRolledBack() {
        rolledBackReloads.increment();
    }

    public long appliedReloads() {
        return appliedReloads.sum();
    }

    public long rejectedReloads() {
        return rejectedReloads.sum();
    }

    public long rolledBackReloads() {
        return rolledBackReloads.sum();
    }

    @Override
    public Runnable routed(LoginBatch batch, Duration took) {
        BatchTally tally = new BatchTally(batch, fields);
        if (tally.forgotten > 0) {
            LOG.warn("the route ended without sending {} of {}: they count as filtered", tally.forgotten, batch);
        }
        return () -> committed(tally, took);
    }

    private void committed(BatchTally tally, Duration took) {
        for (int i = 0; i < byFailure.length; i++) {
            byFailure[i].add(tally.byFailure[i]);
        }
        for (int i = 0; i < byForm.length; i++) {
            byForm[i].add(tally.byForm[i]);
        }
        for (int i = 0; i < tally.byField.length; i++) {
            fields[i].add(tally.byField[i]);
        }
        batchNanos.add(took.toNanos());
        batchRecords.add(tally.size);
        latencyMillis.addAges(clock.millis(), tally.timestamps, tally.timed);
        processed.add(tally.processed);
        deadLettered.add(tally.deadLettered);
        filtered.add(tally.size - tally.processed - tally.deadLettered);
    }

    @Override
    public void lag(Object consumer, Map<TopicPartition, Long> lag) {
        if (lag.isEmpty()) {
            lagByConsumer.remove(consumer);
        } else {
            lagByConsumer.put(consumer, lag);
        }
    }

    @Override
    public void stored(Duration took) {
        storeMillis.add(took.toMillis());
    }

    @Override
    public void unavailable() {
        storeFailures.increment();
    }

    /** Records waiting in each partition that a consumer of this process has. */
    public Map<TopicPartition, Long> lag() {
        Map<TopicPartition, Long> lag = new HashMap<>();
        lagByConsumer.values().forEach(lag::putAll);
        return lag;
    }

    /** The counts now. */
    public Totals totals() {
        long lag = lag().values().stream().mapToLong(Long::longValue).sum();
        return new Totals(processed.sum(), filtered.sum(), deadLettered.sum(), lag);
    }

    /** The share of all records at which a step has failed in the end, from 0 to 1. */
    public double stepFailureRate() {
        long in = totals().in();
        return in == 0 ? 0 : (double) byFailure[Failure.PROCESSING.ordinal()].sum() / in;
    }

    /** The upper bounds of {@link #latencyCounts}, in milliseconds, ascending; the last count is of what is larger. */
    public long[] latencyBounds() {
        return latencyMillis.bounds();
    }

    /** How many records took how long from their timestamp to their commit: the count of each bucket by itself. */
    public long[] latencyCounts() {
        return latencyMillis.counts();
    }

    /** Processed logins by value, for {@code device_type}, {@code locale} and {@code app_version}. */
    public Map<String, Map<String, Long>> loginsByField() {
        Map<String, Map<String, Long>> logins = new LinkedHashMap<>();
        for (FieldCounts field : fields) {
            logins.put(field.name(), field.byValue());
        }
        return logins;
    }
}
