package loginstream.bench;

import java.nio.file.Files;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import loginstream.bench.BenchOptions.Part;
import loginstream.bench.contender.ContenderKind;
import loginstream.bench.report.Metric;
import loginstream.bench.report.Report;
import loginstream.bench.report.Results;
import loginstream.bench.report.Results.Key;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Measures Loginstream beside others, on this machine: {@code mvn -Pbench compile exec:exec -Dbench.args="--help"}. The
 * broker has a process of its own and so has each contender in each round; the rounds are A B C, C B A, so that a
 * machine that grows slower or faster does so for all, and no one is always the first before a cold broker.
 */
@Command(
        name = "benchmark",
        sortOptions = false,
        description = "Measures throughput, processor time, latency and start-up of Loginstream beside others.")
public final class Benchmark implements Callable<Integer> {
    @Mixin
    private final BenchOptions options = new BenchOptions();

    public static void main(String[] args) {
        System.exit(new CommandLine(new Benchmark()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        options.asked();
        Files.createDirectories(options.output);
        Results results = new Results();
        try (Cluster cluster = new Cluster(options.brokerHeap, options.data, options.output.resolve("logs"))) {
            run(new Lab(options, cluster), results);
        } finally {
            Report report = new Report(
                    results,
                    Arrays.stream(ContenderKind.values())
                            .collect(Collectors.toMap(ContenderKind::label, ContenderKind::guarantee)),
                    circumstances());
            report.save(options.output);
            System.out.println();
            System.out.println(report.text());
            System.out.println("saved in " + options.output.toAbsolutePath());
        }
        return isWithinBound(results) ? 0 : 1;
    }

    private boolean isWithinBound(Results results) {
        if (options.bound == null) {
            return true;
        }
        double ratio = results.ratio(
                        new Key("throughput", ContenderKind.LOGINSTREAM_JAVA.label(), ""),
                        new Key("throughput", ContenderKind.BARE.label(), ""),
                        Metric.CPU)
                .orElseThrow(() -> new IllegalStateException("--bound needs loginstream-java beside bare-loop"))
                .median();
        System.out.printf(
                Locale.ROOT,
                "processor time per record %.2f x the bare loop's, the bound is %.2f x%n",
                ratio,
                options.bound);
        return ratio <= options.bound;
    }

    private void run(Lab lab, Results results) throws Exception {
        Growth growth = new Growth(lab, options, results);
        for (Part part : options.parts) {
            switch (part) {
                case throughput -> new Throughput(lab, options, results).run();
                case latency -> new Latencies(lab, options, results).run();
                case startup -> new StartUp(lab, options, results).run();
                case backlog -> growth.backlogs();
                case sizes -> growth.sizes();
                case bad -> growth.badShares();
                case partitions -> growth.partitions();
                case consumers -> growth.consumers();
                case values -> growth.values();
                case scaling -> new Scaling(lab, options, results).together();
                case rebalance -> new Scaling(lab, options, results).changes();
                case steps -> new StepCosts(results, options.rounds).run();
                case formats -> new FormatCosts(results, options.rounds).run();
                case storage -> new StorageCosts(lab, options, results).run();
            }
        }
    }

    private Map<String, String> circumstances() {
        Map<String, String> circumstances = new LinkedHashMap<>();
        circumstances.put("date", LocalDate.now().toString());
        circumstances.put(
                "machine",
                Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("os.name") + " "
                        + System.getProperty("os.version") + " " + System.getProperty("os.arch"));
        circumstances.put("Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        circumstances.put(
                "work",
                String.format(
                        Locale.ROOT,
                        "%,d records after %,d of warm-up, one partition, 5 %% of them bad, where nothing else is said; %d rounds;"
                                + " the textbook's route only %,d records, SmallRye %,d",
                        options.records,
                        options.warmUp,
                        options.rounds,
                        options.textbookRecords,
                        options.slowRecords));
        circumstances.put("flags of each contender", String.join(" ", options.flags()));
        if (!options.settings.isEmpty()) {
            circumstances.put("changed settings of Loginstream", options.settings.toString());
        }
        circumstances.put("broker", "one, in a process of its own, heap " + options.brokerHeap + ", acks=all");
        return circumstances;
    }
}
