package loginstream.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import loginstream.bench.report.Results.Key;

/** The report: ratios first, then what they come from. */
public final class Report {
    /** Of a part that runs over rates or sizes. */
    private record Picture(String title, List<Metric> metrics) {}

    private static final Map<String, Picture> PICTURES = Map.of(
            "latency", new Picture("Latency by rate", List.of(Metric.P50, Metric.P99)),
            "backlog", new Picture("Cost by backlog, records", List.of(Metric.CPU)),
            "sizes", new Picture("Cost by size of a login", List.of(Metric.CPU)),
            "bad", new Picture("Cost by share of bad logins", List.of(Metric.CPU)),
            "partitions", new Picture("Cost by partitions, one thread", List.of(Metric.CPU)),
            "values", new Picture("Cost by different keys and values", List.of(Metric.CPU)),
            "consumers", new Picture("By consumer threads", List.of(Metric.THROUGHPUT, Metric.CPU)));

    private final Results results;
    private final Map<String, String> circumstances;
    private final SideBySide sideBySide;

    /**
     * @param guarantees what each contender promises, by its name
     * @param circumstances what a reader has to know of the machine and the options
     */
    public Report(Results results, Map<String, String> guarantees, Map<String, String> circumstances) {
        this.results = results;
        this.sideBySide = new SideBySide(results, guarantees);
        this.circumstances = circumstances;
    }

    /** All of it as Markdown that reads well as plain text. */
    public String text() {
        StringBuilder text = new StringBuilder("# Benchmark\n\n");
        text.append(
                "Medians over the rounds, and in parentheses the lowest and the highest; ratios round by round.\n\n");
        List<Target> measured = Target.all().stream()
                .filter(target -> target.measured(results).isPresent())
                .toList();
        if (!measured.isEmpty()) {
            text.append("## Ratios\n\n").append(ratios(measured)).append('\n');
        }
        if (sideBySide.isWorthwhile()) {
            text.append("## All contenders\n\n").append(sideBySide.table()).append('\n');
        }
        for (String part : results.parts()) {
            text.append("## ").append(part).append("\n\n").append(part(part)).append('\n');
        }
        text.append("## Circumstances\n\n");
        circumstances.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }

    private MarkdownTable ratios(List<Target> targets) {
        MarkdownTable table = new MarkdownTable(List.of("ratio", "measured", "must reach", "aim for", "verdict"));
        for (Target target : targets) {
            Spread ratio = target.measured(results).orElseThrow();
            table.row(List.of(
                    target.name(),
                    ratio.text(Target::times),
                    Target.times(target.mustReach()),
                    Target.times(target.aimFor()),
                    target.verdict(ratio)));
        }
        return table;
    }

    private MarkdownTable part(String part) {
        Set<Key> keys = results.keys(part);
        List<Metric> metrics = metrics(part);
        List<String> head = new ArrayList<>(List.of("contender", "variant"));
        metrics.forEach(metric -> head.add(metric.unit()));
        MarkdownTable table = new MarkdownTable(head);
        for (Key key : keys) {
            List<String> row = new ArrayList<>(List.of(key.contender(), key.variant()));
            for (Metric metric : metrics) {
                Optional<Spread> spread = results.spread(key, metric);
                row.add(spread.map(s -> s.text(metric::number)).orElse(""));
            }
            table.row(row);
        }
        return table;
    }

    private List<Metric> metrics(String part) {
        return results.runs().stream()
                .filter(run -> run.part().equals(part))
                .flatMap(run -> run.values().keySet().stream())
                .distinct()
                .toList();
    }

    /** Writes {@code report.md}, {@code report.json} and, what there is to be drawn, {@code .svg} files. */
    public void save(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("report.md"), text());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("circumstances", circumstances);
        json.put("ratios", ratiosAsMaps());
        json.put("runs", results.runs());
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(folder.resolve("report.json").toFile(), json);
        Set<Key> keys = results.keys("throughput");
        if (!keys.isEmpty()) {
            Files.writeString(folder.resolve("report.svg"), new BarChart(results, keys).svg());
        }
        for (String part : results.parts()) {
            Picture picture = PICTURES.get(part);
            LineChart chart = new LineChart(results, results.keys(part));
            if (picture != null && chart.isWorthwhile()) {
                Files.writeString(folder.resolve(part + ".svg"), chart.svg(picture.title(), picture.metrics()));
            }
        }
    }

    private List<Map<String, Object>> ratiosAsMaps() {
        return Target.all().stream()
                .filter(target -> target.measured(results).isPresent())
                .map(target -> {
                    Spread ratio = target.measured(results).orElseThrow();
                    Map<String, Object> map = new LinkedHashMap<>();
                    map.put("name", target.name());
                    map.put("measured", ratio);
                    map.put("mustReach", target.mustReach());
                    map.put("aimFor", target.aimFor());
                    map.put("verdict", target.verdict(ratio));
                    return map;
                })
                .collect(Collectors.toList());
    }
}
