package loginstream.bench;

import java.util.List;
import java.util.Map;
import loginstream.bench.contender.ContenderKind;
import loginstream.bench.report.Measured;
import loginstream.bench.report.Metric;
import loginstream.bench.report.Results;

/** All contenders side by side, working off a backlog. */
final class Throughput {
    private final Lab lab;
    private final BenchOptions options;
    private final Results results;

    Throughput(Lab lab, BenchOptions options, Results results) {
        this.lab = lab;
        this.options = options;
        this.results = results;
    }

    /** Every contender in every round, on one partition; every other round the other way round. */
    void run() throws InterruptedException {
        List<ContenderKind> kinds = lab.runnable(options.asked(ContenderKind.pipelines()));
        Workload workload = Workload.USUAL;
        String input = lab.load(workload, options.warmUp + options.records);
        // Not counted: the broker's code is cold, and so is memory for files that nobody has used yet.
        lab.workOff(kinds.get(0), input, workload, options.warmUp, options.records, 1);
        for (int round = 1; round <= options.rounds; round++) {
            for (ContenderKind kind : Lab.inTurn(kinds, round)) {
                long records = options.recordsOf(kind);
                long warmUp = records == options.records ? options.warmUp : records / 4;
                Map<Metric, Double> values = lab.workOff(kind, input, workload, warmUp, records, 1);
                UserLines.of(kind).ifPresent(lines -> values.put(Metric.LINES, lines.doubleValue()));
                results.add(Lab.told(new Measured("throughput", kind.label(), "", round, values), options.rounds));
            }
        }
        lab.cluster().delete(input);
    }
}
