package loginstream.cli.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import loginstream.metrics.LoginMetrics;

/** What has come of a replay, as lines of a table. */
public final class ReplaySummary {
    private ReplaySummary() {}

    /**
     * The lines.
     *
     * @param nanos how long it took
     */
    public static List<String> of(LoginMetrics metrics, long nanos) {
        LoginMetrics.Totals totals = metrics.totals();
        double seconds = nanos / 1e9;
        List<String> lines = new ArrayList<>();
        lines.add(line("records", totals.in()));
        lines.add(line("passed on", totals.processed()));
        lines.add(line("dead letters", totals.deadLettered()));
        lines.add(line("filtered", totals.filtered()));
        lines.add(String.format(
                Locale.ROOT,
                "%-14s%,14.1f s, %,.0f records/s",
                "took",
                seconds,
                totals.in() / Math.max(0.001, seconds)));
        return lines;
    }

    private static String line(String what, long count) {
        return String.format(Locale.ROOT, "%-14s%,14d", what, count);
    }
}
