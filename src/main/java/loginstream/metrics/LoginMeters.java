package loginstream.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import loginstream.login.DeadLetterForm;
import loginstream.login.Failure;

/** Shows {@link LoginMetrics} to Prometheus, at each scrape anew. */
public final class LoginMeters {
    private final LoginMetrics metrics;
    private final BooleanSupplier readiness;
    private final BooleanSupplier paused;

    /**
     * @param readiness whether the pipeline is ready, as its health endpoint has it
     * @param paused whether somebody has paused it
     */
    public LoginMeters(LoginMetrics metrics, BooleanSupplier readiness, BooleanSupplier paused) {
        this.metrics = metrics;
        this.paused = paused;
        this.readiness = readiness;
    }

    /** Adds those of the pipeline to a registry that has none of these names yet. */
    public void register(PrometheusRegistry registry) {
        all().forEach(registry::register);
    }

    /**
     * Adds those of a pipeline that stores: by other names, so that a sum over all processes counts each login once.
     *
     * @param sink its name
     */
    public void registerSink(PrometheusRegistry registry, String sink) {
        ofSink(sink).forEach(registry::register);
    }

    private List<Collector> ofSink(String sink) {
        return List.of(
                LoginMeter.SINK_ROWS.counter(value -> value.call(metrics.processed.sum(), sink)),
                LoginMeter.SINK_DEAD_LETTERS.counter(value -> deadLetters(value, sink)),
                LoginMeter.SINK_FAILURES.counter(value -> value.call(metrics.storeFailures.sum(), sink)),
                LoginMeter.SINK_COMMIT_SECONDS.histogram(metrics.storeMillis),
                LoginMeter.SINK_LATENCY.histogram(metrics.latencyMillis),
                LoginMeter.SINK_LAG.gauge(value -> lag(value, sink)),
                LoginMeter.SINK_READY.gauge(value -> value.call(readiness.getAsBoolean() ? 1 : 0, sink)),
                LoginMeter.SINK_PAUSED.gauge(value -> value.call(paused.getAsBoolean() ? 1 : 0, sink)));
    }

    private List<Collector> all() {
        return List.of(
                LoginMeter.RECORDS.counter(this::records),
                LoginMeter.DEAD_LETTERS.counter(value -> deadLetters(value)),
                LoginMeter.DEAD_LETTERS_REDUCED.counter(this::reducedDeadLetters),
                LoginMeter.REDELIVERIES.counter(value -> value.call(metrics.redeliveries.sum())),
                LoginMeter.ROUTE_RELOADS.counter(this::routeReloads),
                LoginMeter.LOGINS_BY_DEVICE.counter(value -> byValue(metrics.byDevice, value)),
                LoginMeter.LOGINS_BY_LOCALE.counter(value -> byValue(metrics.byLocale, value)),
                LoginMeter.LOGINS_BY_VERSION.counter(value -> byValue(metrics.byVersion, value)),
                LoginMeter.BATCH_SECONDS.histogram(metrics.batchNanos),
                LoginMeter.BATCH_RECORDS.histogram(metrics.batchRecords),
                LoginMeter.LATENCY.histogram(metrics.latencyMillis),
                LoginMeter.CONSUMER_LAG.gauge(value -> lag(value)),
                LoginMeter.READY.gauge(value -> value.call(readiness.getAsBoolean() ? 1 : 0)),
                LoginMeter.PAUSED.gauge(value -> value.call(paused.getAsBoolean() ? 1 : 0)));
    }

    private void records(CounterWithCallback.Callback value) {
        value.call(metrics.processed.sum(), "processed");
        value.call(metrics.filtered.sum(), "filtered");
        value.call(metrics.deadLettered.sum(), "dead_lettered");
    }

    private void deadLetters(CounterWithCallback.Callback value, String... labels) {
        for (Failure failure : Failure.values()) {
            value.call(metrics.byFailure[failure.ordinal()].sum(), with(labels, failure.word()));
        }
    }

    private static String[] with(String[] first, String... further) {
        return Stream.of(first, further).flatMap(Stream::of).toArray(String[]::new);
    }

    private void reducedDeadLetters(CounterWithCallback.Callback value) {
        for (DeadLetterForm form : DeadLetterForm.values()) {
            if (form != DeadLetterForm.WHOLE) {
                value.call(metrics.byForm[form.ordinal()].sum(), form.word());
            }
        }
    }

    private void routeReloads(CounterWithCallback.Callback value) {
        value.call(metrics.appliedReloads(), "applied");
        value.call(metrics.rejectedReloads(), "rejected");
        value.call(metrics.rolledBackReloads(), "rolled_back");
    }

    private static void byValue(FieldCounts counts, CounterWithCallback.Callback value) {
        counts.byValue().forEach((label, count) -> value.call(count, label));
    }

    private void lag(GaugeWithCallback.Callback value, String... labels) {
        metrics.lag()
                .forEach((partition, records) ->
                        value.call(records, with(labels, partition.topic(), Integer.toString(partition.partition()))));
    }
}
