package loginstream.bench.report;

import java.util.Locale;

/** What is measured of a run, with its unit. */
public enum Metric {
    THROUGHPUT("records/s", "%,.0f"),
    CPU("µs processor time per record", "%.2f"),
    BROKER_CPU("µs processor time of the broker per record", "%.2f"),
    MORE("µs more than the route as it comes", "%.2f"),
    BYTES("bytes a record", "%.0f"),
    READ("µs to read", "%.2f"),
    WRITE("µs to write", "%.2f"),
    PEAK_RSS("MiB resident at most", "%,.0f"),
    HEAP("MiB heap after GC", "%,.1f"),
    P50("ms median", "%,.0f"),
    P99("ms 99th percentile", "%,.0f"),
    P999("ms 99.9th percentile", "%,.0f"),
    MAX("ms at most", "%,.0f"),
    HALF_OF_PARTITIONS("ms at most on half of the partitions", "%,.0f"),
    LEAST_PARTITION("ms at most on the luckiest", "%,.0f"),
    ARRIVED("records arrived", "%,.0f"),
    LINES("lines that a user writes", "%.0f"),
    STARTUP("ms from JVM start to first processed record", "%,.0f");

    private final String unit;
    private final String format;

    Metric(String unit, String format) {
        this.unit = unit;
        this.format = format;
    }

    /** For the head of a column. */
    public String unit() {
        return unit;
    }

    /** The number alone. */
    public String number(double value) {
        return String.format(Locale.ROOT, format, value);
    }

    /** The number with its unit. */
    public String format(double value) {
        return number(value) + " " + unit;
    }
}
