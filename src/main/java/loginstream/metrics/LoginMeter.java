package loginstream.metrics;

import io.prometheus.metrics.model.snapshots.MetricMetadata;

/** Every meter of the pipeline: its name in Prometheus, its label and its help text. Dashboards depend on the names. */
enum LoginMeter {
    RECORDS("loginstream_records", "outcome", "Records whose result has been committed, by outcome"),
    DEAD_LETTERS("loginstream_dead_letters", "failure", "Records that became dead letters, by kind of failure"),
    DEAD_LETTERS_REDUCED(
            "loginstream_dead_letters_reduced", "form", "Dead letters that their topic took only in a smaller form"),
    REDELIVERIES("loginstream_redeliveries", "", "How often a step was tried again"),
    ROUTE_RELOADS("loginstream_route_reloads", "result", "Edits of the YAML routes, by what has become of them"),
    LOGINS_BY_DEVICE("loginstream_logins_by_device", "device_type", "Processed logins by device type; 50, then other"),
    LOGINS_BY_LOCALE("loginstream_logins_by_locale", "locale", "Processed logins by locale; 50, then other"),
    LOGINS_BY_VERSION("loginstream_logins_by_version", "app_version", "Processed logins by version; 50, then other"),
    BATCH_SECONDS("loginstream_batch_seconds", "", "How long the route took for a batch that was then committed"),
    BATCH_RECORDS("loginstream_batch_records", "", "Records in a committed batch"),
    LATENCY("loginstream_latency_seconds", "", "From a record's timestamp to the commit of its result"),
    /** Its labels are topic and partition. */
    CONSUMER_LAG("loginstream_consumer_lag", "", "Records in an assigned partition whose result is not committed yet"),
    READY("loginstream_ready", "", "1 where the readiness endpoint says UP, else 0");

    private final MetricMetadata metadata;
    private final String label;

    LoginMeter(String name, String label, String help) {
        this.metadata = new MetricMetadata(name, help);
        this.label = label;
    }

    /** Name and help text; the name of a counter without {@code _total}, which the text format adds. */
    MetricMetadata metadata() {
        return metadata;
    }

    /** The name of its only label; empty where there is none. */
    String label() {
        return label;
    }
}
