package loginstream.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import loginstream.bench.contender.Assignment;
import loginstream.bench.contender.ContenderKind;
import loginstream.bench.contender.ContenderProcess;
import loginstream.bench.contender.RunResult;
import loginstream.bench.report.Measured;
import loginstream.bench.report.Metric;
import loginstream.sandbox.FreePort;

/** Where contenders are let loose on the cluster, one at a time, each with topics and a group of its own. */
final class Lab {
    /** What may be wrong with a share: chance, and the markers of transactions, which count as records. */
    private static final double ABOUT = 0.015;

    /** Of the generator's bad records; the others are tombstones, which are filtered. */
    private static final double DEAD_LETTERS = 0.9;

    /** Fewer records do not write enough for it to matter where they go. */
    private static final long MANY = 3_000_000;

    private final BenchOptions options;
    private final Cluster cluster;

    Lab(BenchOptions options, Cluster cluster) {
        this.options = options;
        this.cluster = cluster;
    }

    Cluster cluster() {
        return cluster;
    }

    Path logs() {
        return options.output.resolve("logs");
    }

    /** A name that was not used before. */
    static String unique(String prefix) {
        return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** All of them, every other round the other way round: A B C, C B A. */
    static List<ContenderKind> inTurn(List<ContenderKind> kinds, int round) {
        List<ContenderKind> turned = new ArrayList<>(kinds);
        if (round % 2 == 0) {
            Collections.reverse(turned);
        }
        return turned;
    }

    /** A run of a contender that has a name, topics and a group of its own. */
    Assignment assignment(ContenderKind kind, String input, long warmUp, long records, int consumers, int linger) {
        String group = unique(kind.label());
        return new Assignment(
                kind.label(),
                cluster.bootstrapServers(),
                input,
                group + ".output",
                group + ".dlq",
                group,
                warmUp,
                records,
                consumers,
                linger,
                FreePort.any(),
                options.routes.toAbsolutePath().toString(),
                options.settings);
    }

    /** Starts the process for it. */
    ChildProcess start(Assignment assignment) {
        return start(assignment, assignment.group());
    }

    /** Starts one of several processes for it. */
    ChildProcess start(Assignment assignment, String name) {
        ContenderKind kind = ContenderKind.labelled(assignment.contender());
        if (kind.isNative()) {
            return ChildProcess.start(name, logs(), NativePeer.command(assignment, options.output));
        }
        String classPath = kind.peer()
                .map(peer -> Peer.classPath(peer, options.output))
                .orElse(System.getProperty("java.class.path"));
        return ChildProcess.start(
                name,
                logs(),
                options.flags(),
                classPath,
                ContenderProcess.class.getName(),
                List.of(assignment.toJson()));
    }

    /** Those of them that this machine can build; the others are named on the console. */
    List<ContenderKind> runnable(List<ContenderKind> kinds) {
        return kinds.stream()
                .filter(kind -> !kind.isNative() || NativePeer.isBuilt(kind, options.output))
                .toList();
    }

    /** A topic filled with so many records, told on the console. */
    String load(Workload workload, long records) {
        String topic = unique("logins");
        System.out.printf(Locale.ROOT, "loading %,d records: %s%n", records, workload);
        cluster.create(workload.partitions(), topic);
        cluster.load(topic, workload, records);
        return topic;
    }

    /** Lets a contender work off exactly the last {@code warmUp + records} records of the input, to topics like it. */
    Map<Metric, Double> workOff(
            ContenderKind kind, String input, Workload workload, long warmUp, long records, int consumers)
            throws InterruptedException {
        Assignment assignment = assignment(kind, input, warmUp, records, consumers, options.streamsLinger);
        cluster.create(workload.partitions(), assignment.output(), assignment.deadLetter());
        try {
            cluster.leave(assignment.group(), input, workload.partitions(), warmUp + records);
            if (warmUp + records >= MANY) {
                cluster.touchMemory();
            }
            Map<Metric, Double> metrics;
            try (ChildProcess process = start(assignment)) {
                Duration timeout = Duration.ofSeconds(180 + (warmUp + records) / 300);
                process.awaitLine(ContenderProcess.WARM::equals, timeout);
                long brokerCpu = cluster.cpuNanos();
                metrics = metrics(RunResult.read(process.awaitLine(RunResult::isIn, timeout), RunResult.class));
                metrics.put(Metric.BROKER_CPU, (cluster.cpuNanos() - brokerCpu) / 1e3 / records);
            }
            checkShares(kind, assignment, workload, warmUp + records);
            return metrics;
        } finally {
            cluster.delete(assignment.output(), assignment.deadLetter());
        }
    }

    /** A contender that forgets its dead letters would look fast. */
    private void checkShares(ContenderKind kind, Assignment assignment, Workload workload, long records) {
        long good = cluster.size(assignment.output(), workload.partitions());
        long bad = cluster.size(assignment.deadLetter(), workload.partitions());
        double share = workload.badShare();
        boolean right = kind.passesAllOn()
                ? good >= records
                : good >= (1 - share - ABOUT) * records
                        && Math.abs(bad - DEAD_LETTERS * share * records) <= ABOUT * records;
        if (!right) {
            throw new IllegalStateException(String.format(
                    Locale.ROOT,
                    "%s has not done its work: %,d records gave %,d in the output and %,d dead letters",
                    kind,
                    records,
                    good,
                    bad));
        }
    }

    static Map<Metric, Double> metrics(RunResult result) {
        Map<Metric, Double> metrics = new LinkedHashMap<>();
        metrics.put(Metric.THROUGHPUT, result.recordsPerSecond());
        metrics.put(Metric.CPU, result.cpuMicrosPerRecord());
        metrics.put(Metric.PEAK_RSS, result.peakRssMiB());
        if (result.heapAfterGcMiB() > 0) {
            metrics.put(Metric.HEAP, result.heapAfterGcMiB());
        }
        return metrics;
    }

    /** Tells on the console how a run went. */
    static Measured told(Measured measured, int rounds) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%-10s round %d/%d  %-32s %-10s",
                measured.part(),
                measured.round(),
                rounds,
                measured.contender(),
                measured.variant()));
        measured.values().forEach((metric, value) -> line.append("  ").append(metric.format(value)));
        System.out.println(line);
        return measured;
    }
}
