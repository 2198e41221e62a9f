package loginstream.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import loginstream.bench.report.Results.Key;

/** Every contender with all that was measured of it in the parts of one run: medians, and the range of what costs. */
final class SideBySide {
    /** The one that all parts have; at others it stands in the table of its part. */
    private static final String RATE = "5000/s";

    private final Results results;
    private final Map<String, String> guarantees;

    SideBySide(Results results, Map<String, String> guarantees) {
        this.results = results;
        this.guarantees = guarantees;
    }

    /** A column. */
    private record Column(String head, String part, String variant, Metric metric, boolean withRange) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("records/s", "throughput", "", Metric.THROUGHPUT, true),
            new Column("µs each", "throughput", "", Metric.CPU, true),
            new Column("µs of the broker", "throughput", "", Metric.BROKER_CPU, false),
            new Column("MiB at most", "throughput", "", Metric.PEAK_RSS, false),
            new Column("ms median at " + RATE, "latency", RATE, Metric.P50, false),
            new Column("ms 99th percentile", "latency", RATE, Metric.P99, false),
            new Column("ms to start", "startup", "", Metric.STARTUP, false),
            new Column("lines", "throughput", "", Metric.LINES, false));

    /** Whether more than one part was run. */
    boolean isWorthwhile() {
        return COLUMNS.stream()
                        .map(Column::part)
                        .filter(results.parts()::contains)
                        .distinct()
                        .count()
                > 1;
    }

    MarkdownTable table() {
        List<String> head = new ArrayList<>(List.of("contender"));
        COLUMNS.forEach(column -> head.add(column.head()));
        head.add("guarantee");
        MarkdownTable table = new MarkdownTable(head);
        for (Key contender : results.keys("throughput")) {
            List<String> row = new ArrayList<>(List.of(contender.contender()));
            COLUMNS.forEach(column -> row.add(cell(contender.contender(), column)));
            row.add(guarantees.getOrDefault(contender.contender(), ""));
            table.row(row);
        }
        return table;
    }

    private String cell(String contender, Column column) {
        return results.spread(new Key(column.part(), contender, column.variant()), column.metric())
                .map(spread -> column.withRange()
                        ? spread.text(column.metric()::number)
                        : column.metric().number(spread.median()))
                .orElse("–");
    }
}
