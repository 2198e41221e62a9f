package loginstream.bench;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import loginstream.bench.contender.Assignment;
import loginstream.bench.contender.ContenderKind;
import loginstream.bench.contender.ContenderProcess;
import loginstream.bench.contender.RunResult;
import loginstream.bench.report.Measured;
import loginstream.bench.report.Metric;
import loginstream.bench.report.Results;

/**
 * How long a record takes from the moment it is due to be sent to a reader of the output, at steady rates; and what it costs
 * then, for commits that come sooner are more of them.
 */
final class Latencies {
    private static final Duration WARM_UP = Duration.ofMinutes(3);

    private final Lab lab;
    private final BenchOptions options;
    private final Results results;

    Latencies(Lab lab, BenchOptions options, Results results) {
        this.lab = lab;
        this.options = options;
        this.results = results;
    }

    void run() throws InterruptedException {
        // The textbook's route does not keep up with the rate: it would only show how long the queue has become.
        List<ContenderKind> kinds = lab.runnable(options.asked(ContenderKind.pipelines()));
        kinds = kinds.stream().filter(kind -> kind != ContenderKind.TEXTBOOK).toList();
        measure(kinds.get(0), Collections.max(options.rates)); // not counted: the broker's code is cold
        for (int round = 1; round <= options.rounds; round++) {
            for (int rate : options.rates) {
                for (ContenderKind kind : Lab.inTurn(kinds, round)) {
                    results.add(Lab.told(
                            new Measured("latency", kind.label(), rate + "/s", round, measure(kind, rate)),
                            options.rounds));
                }
            }
        }
    }

    private Map<Metric, Double> measure(ContenderKind kind, int rate) throws InterruptedException {
        String input = Lab.unique("logins");
        // No linger for Kafka Streams here: its default of 100 ms is for throughput, and nobody else has one.
        Assignment assignment = lab.assignment(kind, input, options.latencyBacklog, 0, 1, 0);
        String[] topics = {input, assignment.output(), assignment.deadLetter()};
        lab.cluster().create(1, topics);
        lab.cluster().load(input, Workload.USUAL, options.latencyBacklog);
        ChildProcess contender = lab.start(assignment);
        try {
            contender.awaitLine(ContenderProcess.WARM::equals, WARM_UP);
            long cpu = contender.cpuNanos();
            long brokerCpu = lab.cluster().cpuNanos();
            Map<Metric, Double> metrics = metrics(probe(assignment, rate));
            double sent = (double) rate * (options.latencyWarmUp + options.latencySeconds);
            metrics.put(Metric.CPU, (contender.cpuNanos() - cpu) / 1e3 / sent);
            metrics.put(Metric.BROKER_CPU, (lab.cluster().cpuNanos() - brokerCpu) / 1e3 / sent);
            return metrics;
        } finally {
            contender.close();
            lab.cluster().delete(topics);
        }
    }

    private LatencyProbe.Latency probe(Assignment assignment, int rate) throws InterruptedException {
        try (ChildProcess probe = ChildProcess.start(
                assignment.group() + "-probe",
                lab.logs(),
                List.of("-Xmx512m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"),
                LatencyProbe.class.getName(),
                List.of(
                        assignment.bootstrapServers(),
                        assignment.input(),
                        assignment.output(),
                        Integer.toString(rate),
                        Integer.toString(options.latencyWarmUp),
                        Integer.toString(options.latencySeconds)))) {
            Duration timeout = Duration.ofSeconds(60L + options.latencyWarmUp + options.latencySeconds);
            return RunResult.read(probe.awaitLine(RunResult::isIn, timeout), LatencyProbe.Latency.class);
        }
    }

    private static Map<Metric, Double> metrics(LatencyProbe.Latency latency) {
        Map<Metric, Double> metrics = new LinkedHashMap<>();
        metrics.put(Metric.P50, latency.p50());
        metrics.put(Metric.P99, latency.p99());
        metrics.put(Metric.P999, latency.p999());
        metrics.put(Metric.MAX, latency.max());
        metrics.put(Metric.ARRIVED, (double) latency.arrived());
        return metrics;
    }
}
