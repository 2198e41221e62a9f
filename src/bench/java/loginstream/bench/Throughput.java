package loginstream.bench;

import static loginstream.bench.contender.ContenderKind.LOGINSTREAM_JAVA;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import loginstream.bench.contender.ContenderKind;
import loginstream.bench.report.Measured;
import loginstream.bench.report.Metric;
import loginstream.bench.report.Results;

/** The parts that work off a backlog: all contenders side by side, backlogs of several sizes, several consumers. */
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
    void contenders(String input) throws InterruptedException {
        List<ContenderKind> kinds = options.asked(ContenderKind.pipelines());
        lab.workOff(kinds.get(0), input, 1, 1, options.warmUp, 1); // not counted: the broker's code is cold
        for (int round = 1; round <= options.rounds; round++) {
            for (ContenderKind kind : Lab.inTurn(kinds, round)) {
                long records = options.recordsOf(kind);
                long warmUp = records == options.records ? options.warmUp : records / 4;
                measure("throughput", kind, "", round, lab.workOff(kind, input, 1, warmUp, records, 1));
            }
        }
    }

    /** The same process with ever more work before it. */
    void backlogs(String input) throws InterruptedException {
        for (int round = 1; round <= options.rounds; round++) {
            for (ContenderKind kind : options.asked(LOGINSTREAM_JAVA)) {
                for (long backlog : options.backlogs) {
                    String variant = String.format(Locale.ROOT, "%,d", backlog);
                    measure("backlog", kind, variant, round, lab.workOff(kind, input, 1, options.warmUp, backlog, 1));
                }
            }
        }
    }

    /** Several consumer threads on as many partitions as the greatest number of them. */
    void consumers() throws InterruptedException {
        int partitions = options.consumers.stream().max(Integer::compare).orElseThrow();
        List<ContenderKind> kinds = options.asked(LOGINSTREAM_JAVA);
        if (kinds.isEmpty()) {
            return;
        }
        long each = (options.warmUp + options.records) / partitions;
        String input = Lab.unique("logins");
        lab.cluster().create(partitions, input);
        lab.cluster().load(input, partitions, each * partitions);
        for (int round = 1; round <= options.rounds; round++) {
            for (int consumers : options.consumers) {
                long records = each * partitions - options.warmUp;
                Map<Metric, Double> values =
                        lab.workOff(LOGINSTREAM_JAVA, input, partitions, options.warmUp, records, consumers);
                measure("consumers", LOGINSTREAM_JAVA, consumers + " of " + partitions, round, values);
            }
        }
        lab.cluster().delete(input);
    }

    private void measure(String part, ContenderKind kind, String variant, int round, Map<Metric, Double> values) {
        results.add(Lab.told(new Measured(part, kind.label(), variant, round, values), options.rounds));
    }
}
