package loginstream.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import loginstream.login.DeadLetterForm;
import org.apache.kafka.common.TopicPartition;

/** Shows {@link LoginMetrics} to Prometheus, at each scrape anew. */
public final class LoginCollector implements MultiCollector {
    private final LoginMetrics metrics;
    private final BooleanSupplier readiness;

    /**
     * @param readiness whether the pipeline is ready, as its health endpoint has it
     */
    public LoginCollector(LoginMetrics metrics, BooleanSupplier readiness) {
        this.metrics = metrics;
        this.readiness = readiness;
    }

    /** So that a second meter of the same name is refused when it is registered, not when it is scraped. */
    @Override
    public List<String> getPrometheusNames() {
        return Stream.of(LoginMeter.values())
                .map(meter -> meter.metadata().getPrometheusName())
                .toList();
    }

    @Override
    public MetricSnapshots collect() {
        return MetricSnapshots.of(
                counter(
                        LoginMeter.RECORDS,
                        point(LoginMeter.RECORDS, "processed", metrics.processed.sum()),
                        point(LoginMeter.RECORDS, "filtered", metrics.filtered.sum()),
                        point(LoginMeter.RECORDS, "dead_lettered", metrics.deadLettered.sum())),
                new CounterSnapshot(
                        LoginMeter.DEAD_LETTERS.metadata(),
                        IntStream.range(0, metrics.byFailure.length)
                                .mapToObj(i -> point(
                                        LoginMeter.DEAD_LETTERS,
                                        BatchTally.FAILURES.get(i),
                                        metrics.byFailure[i].sum()))
                                .toList()),
                new CounterSnapshot(
                        LoginMeter.DEAD_LETTERS_REDUCED.metadata(),
                        Stream.of(DeadLetterForm.values())
                                .filter(form -> form != DeadLetterForm.WHOLE)
                                .map(form -> point(
                                        LoginMeter.DEAD_LETTERS_REDUCED,
                                        form.label(),
                                        metrics.byForm[form.ordinal()].sum()))
                                .toList()),
                counter(
                        LoginMeter.REDELIVERIES,
                        CounterDataPointSnapshot.builder()
                                .value(metrics.redeliveries.sum())
                                .build()),
                counter(
                        LoginMeter.ROUTE_RELOADS,
                        point(LoginMeter.ROUTE_RELOADS, "applied", metrics.appliedReloads()),
                        point(LoginMeter.ROUTE_RELOADS, "rejected", metrics.rejectedReloads())),
                metrics.byDevice.snapshot(LoginMeter.LOGINS_BY_DEVICE),
                metrics.byLocale.snapshot(LoginMeter.LOGINS_BY_LOCALE),
                metrics.byVersion.snapshot(LoginMeter.LOGINS_BY_VERSION),
                metrics.batchNanos.snapshot(LoginMeter.BATCH_SECONDS),
                metrics.batchRecords.snapshot(LoginMeter.BATCH_RECORDS),
                metrics.latencyMillis.snapshot(LoginMeter.LATENCY),
                lag(),
                ready());
    }

    private static CounterSnapshot counter(LoginMeter meter, CounterDataPointSnapshot... points) {
        return new CounterSnapshot(meter.metadata(), List.of(points));
    }

    private static CounterDataPointSnapshot point(LoginMeter meter, String value, long count) {
        return CounterDataPointSnapshot.builder()
                .labels(Labels.of(meter.label(), value))
                .value(count)
                .build();
    }

    private GaugeSnapshot lag() {
        return new GaugeSnapshot(
                LoginMeter.CONSUMER_LAG.metadata(),
                metrics.lag().entrySet().stream()
                        .map(entry -> lag(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private static GaugeDataPointSnapshot lag(TopicPartition partition, long records) {
        return GaugeDataPointSnapshot.builder()
                .labels(Labels.of("topic", partition.topic(), "partition", Integer.toString(partition.partition())))
                .value(records)
                .build();
    }

    private GaugeSnapshot ready() {
        return new GaugeSnapshot(
                LoginMeter.READY.metadata(),
                List.of(GaugeDataPointSnapshot.builder()
                        .value(readiness.getAsBoolean() ? 1 : 0)
                        .build()));
    }
}
