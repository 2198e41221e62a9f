package loginstream.bench.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import loginstream.bench.report.Results.Key;

/** How a metric changes over the variants of a part, e.g. rates or sizes: a line for each contender, medians of the rounds. */
final class LineChart {
    private static final int WIDTH = 860;
    private static final int PLOT = 190;
    private static final int PANEL = PLOT + 80;
    private static final int LEFT = 70;
    private static final int RIGHT = WIDTH - 260;
    private static final int TICKS = 4;
    private static final int LABEL = 17;

    private final Results results;
    private final Map<String, Map<String, Key>> contenders = new LinkedHashMap<>();
    private final List<String> variants;

    /**
     * @param keys of one part; the variants stand in the order in which they come
     */
    LineChart(Results results, Collection<Key> keys) {
        this.results = results;
        keys.forEach(key -> contenders
                .computeIfAbsent(key.contender(), contender -> new LinkedHashMap<>())
                .put(key.variant(), key));
        this.variants = keys.stream().map(Key::variant).distinct().toList();
    }

    /** Whether there is anything to be seen in it. */
    boolean isWorthwhile() {
        return variants.size() > 1;
    }

    /** A panel for each metric, one below the other. */
    String svg(String title, List<Metric> metrics) {
        StringBuilder svg = new StringBuilder(Svg.begin(title, WIDTH, metrics.size() * PANEL));
        for (int i = 0; i < metrics.size(); i++) {
            svg.append(panel(title + ", " + metrics.get(i).unit(), metrics.get(i), i * PANEL));
        }
        return svg.append(Svg.END).toString();
    }

    private String panel(String title, Metric metric, int top) {
        List<Line> lines = lines(metric);
        double most = lines.stream()
                .flatMapToDouble(line -> line.points.values().stream().mapToDouble(Double::doubleValue))
                .max()
                .orElse(1);
        double step = roundStep(most / TICKS);
        double scale = PLOT / (step * Math.ceil(most / step));
        int bottom = top + 40 + PLOT;
        StringBuilder svg =
                new StringBuilder(format("<text class=\"title\" x=\"8\" y=\"%d\">%s</text>%n", top + 24, title));
        for (double tick = 0; tick <= most + step * 0.999; tick += step) {
            double y = bottom - tick * scale;
            svg.append(format(
                    "<line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>"
                            + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
                    LEFT, y, RIGHT, y, LEFT - 8, y + 5, step < 1 ? format("%.1f", tick) : format("%,.0f", tick)));
        }
        for (int i = 0; i < variants.size(); i++) {
            svg.append(format(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                    x(i), bottom + 22, variants.get(i)));
        }
        placeLabels(lines, scale, bottom);
        lines.forEach(line -> svg.append(line.svg(scale, bottom)));
        return svg.toString();
    }

    private List<Line> lines(Metric metric) {
        List<Line> lines = new ArrayList<>();
        contenders.forEach((contender, keys) -> {
            Map<Integer, Double> points = new LinkedHashMap<>();
            for (int i = 0; i < variants.size(); i++) {
                Key key = keys.get(variants.get(i));
                if (key != null) {
                    int at = i;
                    results.spread(key, metric).ifPresent(spread -> points.put(at, spread.median()));
                }
            }
            if (!points.isEmpty()) {
                lines.add(new Line(contender, points));
            }
        });
        return lines;
    }

    /** Labels stand at the ends of their lines, but not on each other. */
    private static void placeLabels(List<Line> lines, double scale, int bottom) {
        lines.forEach(line -> line.labelY = bottom - line.last() * scale + 5);
        List<Line> upwards = new ArrayList<>(lines);
        upwards.sort((a, b) -> Double.compare(b.labelY, a.labelY));
        double lowest = Double.MAX_VALUE;
        for (Line line : upwards) {
            line.labelY = Math.min(line.labelY, lowest - LABEL);
            lowest = line.labelY;
        }
    }

    /** 1, 2 or 5 times a power of ten, not less than this. */
    private static double roundStep(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (int factor : new int[] {1, 2, 5}) {
            if (factor * power >= least) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private double x(int variant) {
        return LEFT + 30 + (double) variant * (RIGHT - LEFT - 60) / Math.max(1, variants.size() - 1);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** Of one contender. */
    private final class Line {
        private final String contender;
        private final Map<Integer, Double> points;
        private double labelY;

        Line(String contender, Map<Integer, Double> points) {
            this.contender = contender;
            this.points = points;
        }

        double last() {
            return points.values().stream().reduce((before, after) -> after).orElseThrow();
        }

        String svg(double scale, int bottom) {
            String ours = contender.startsWith("loginstream") ? " ours" : "";
            StringBuilder path = new StringBuilder();
            StringBuilder dots = new StringBuilder();
            points.forEach((variant, value) -> {
                double y = bottom - value * scale;
                path.append(format("%s%.1f %.1f", path.isEmpty() ? "M" : " L", x(variant), y));
                dots.append(format("<circle class=\"bar%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"/>", ours, x(variant), y));
            });
            return format("<path class=\"line%s\" d=\"%s\"/>%s%n", ours, path, dots)
                    + format("<text x=\"%d\" y=\"%.1f\">%s</text>%n", RIGHT + 10, labelY, contender);
        }
    }
}
