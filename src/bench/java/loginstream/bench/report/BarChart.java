package loginstream.bench.report;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import loginstream.bench.report.Results.Key;

/** Throughput and processor time of each contender as bars. */
final class BarChart {
    private static final int WIDTH = 860;
    private static final int BAR = 20;
    private static final int ROW = 30;
    private static final int LABELS = 230;
    private static final int LONGEST = 460;
    private final Results results;
    private final Collection<Key> keys;

    BarChart(Results results, Collection<Key> keys) {
        this.results = results;
        this.keys = keys;
    }

    String svg() {
        int panel = 40 + keys.size() * ROW;
        String title = "Throughput and processor time of the contenders";
        return Svg.begin(title, WIDTH, 2 * panel + 10)
                + panel("Throughput, records/s (longer is better)", Metric.THROUGHPUT, 0)
                + panel("Processor time per record, µs (shorter is better)", Metric.CPU, panel)
                + Svg.END;
    }

    private String panel(String title, Metric metric, int top) {
        List<Bar> bars = keys.stream()
                .flatMap(key -> results.spread(key, metric).stream()
                        .map(spread -> new Bar(key.contender(), spread.median(), metric.number(spread.median()))))
                .toList();
        double scale = LONGEST / longest(bars);
        StringBuilder svg = new StringBuilder(
                String.format(Locale.ROOT, "<text class=\"title\" x=\"8\" y=\"%d\">%s</text>%n", top + 24, title));
        int y = top + 40;
        for (Bar bar : bars) {
            svg.append(bar.svg(y, scale));
            y += ROW;
        }
        return svg.toString();
    }

    /** A bar far beyond the others is cut, or it would leave nothing of them; its number tells the truth. */
    private static double longest(List<Bar> bars) {
        double median = Spread.of(bars.stream().map(Bar::value).collect(Collectors.toList()))
                .median();
        return bars.stream()
                .mapToDouble(Bar::value)
                .filter(value -> value <= 5 * median)
                .max()
                .orElse(1);
    }

    private record Bar(String name, double value, String number) {
        String svg(int y, double scale) {
            double length = Math.min(LONGEST + 20, Math.max(1, value * scale));
            boolean cut = value * scale > LONGEST + 20;
            return String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
                            + "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>"
                            + "<text x=\"%.1f\" y=\"%d\">%s%s</text>%n",
                    LABELS - 8,
                    y + 15,
                    name,
                    name.startsWith("loginstream") ? "bar ours" : "bar",
                    LABELS,
                    y,
                    length,
                    BAR,
                    LABELS + length + 8,
                    y + 15,
                    number,
                    cut ? " (cut)" : "");
        }
    }
}
