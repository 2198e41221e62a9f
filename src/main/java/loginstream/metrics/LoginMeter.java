package loginstream.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.function.Consumer;

/** Every meter of the pipeline, and of one that stores: its name in Prometheus, its help text and its labels. Dashboards depend on the names. */
enum LoginMeter {
    RECORDS("loginstream_records", "Records whose result has been committed, by outcome", "outcome"),
    DEAD_LETTERS("loginstream_dead_letters", "Records that became dead letters, by kind of failure", "failure"),
    DEAD_LETTERS_REDUCED(
            "loginstream_dead_letters_reduced", "Dead letters that their topic took only in a smaller form", "form"),
    REDELIVERIES("loginstream_redeliveries", "How often a step was tried again"),
    ROUTE_RELOADS("loginstream_route_reloads", "Edits of the YAML routes, by what has become of them", "result"),
    LOGINS_BY_DEVICE("loginstream_logins_by_device", "Processed logins by device type; 50, then other", "device_type"),
    LOGINS_BY_LOCALE("loginstream_logins_by_locale", "Processed logins by locale; 50, then other", "locale"),
    LOGINS_BY_VERSION("loginstream_logins_by_version", "Processed logins by version; 50, then other", "app_version"),
    BATCH_SECONDS("loginstream_batch_seconds", "How long the route took for a batch that was then committed"),
    BATCH_RECORDS("loginstream_batch_records", "Records in a committed batch"),
    LATENCY("loginstream_latency_seconds", "From a record's timestamp to the commit of its result"),
    CONSUMER_LAG(
            "loginstream_consumer_lag",
            "Records in an assigned partition whose result is not committed yet",
            "topic",
            "partition"),
    READY("loginstream_ready", "1 where the readiness endpoint says UP, else 0"),
    PAUSED("loginstream_paused", "1 where it has been paused, else 0"),
    SINK_ROWS("loginstream_sink_rows", "Logins that the sink has stored", "sink"),
    SINK_DEAD_LETTERS(
            "loginstream_sink_dead_letters",
            "Logins that the sink could not store, by kind of failure",
            "sink",
            "failure"),
    SINK_FAILURES(
            "loginstream_sink_failures",
            "How often the store of the sink took nothing, and it was tried again",
            "sink"),
    SINK_COMMIT_SECONDS("loginstream_sink_commit_seconds", "How long the store took for what becomes durable at once"),
    SINK_LATENCY("loginstream_sink_latency_seconds", "From a record's timestamp to its being stored"),
    SINK_LAG(
            "loginstream_sink_lag",
            "Records in an assigned partition that are not stored yet",
            "sink",
            "topic",
            "partition"),
    SINK_READY("loginstream_sink_ready", "1 where the readiness endpoint of the sink says UP, else 0", "sink"),
    SINK_PAUSED("loginstream_sink_paused", "1 where the sink has been paused, else 0", "sink");

    private final String name;
    private final String help;
    private final String[] labels;

    /**
     * @param name of a counter without {@code _total}, which the text format adds
     */
    LoginMeter(String name, String help, String... labels) {
        this.name = name;
        this.help = help;
        this.labels = labels;
    }

    /** A counter that asks for its values at each scrape. */
    Collector counter(Consumer<CounterWithCallback.Callback> values) {
        return CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .callback(values)
                .build();
    }

    /** A gauge that asks for its values at each scrape. */
    Collector gauge(Consumer<GaugeWithCallback.Callback> values) {
        return GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .callback(values)
                .build();
    }

    /** A histogram that is read at each scrape: the library has none with a callback. */
    Collector histogram(Histogram counts) {
        return new Collector() {
            @Override
            public MetricSnapshot collect() {
                return new HistogramSnapshot(new MetricMetadata(name, help), counts.points());
            }

            /** So that a second meter of the same name is refused when it is registered, not when it is scraped. */
            @Override
            public String getPrometheusName() {
                return name;
            }
        };
    }
}
