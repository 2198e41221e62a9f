package loginstream.bench;

import static loginstream.bench.contender.ContenderKind.BARE;
import static loginstream.bench.contender.ContenderKind.LOGINSTREAM_JAVA;
import static loginstream.bench.contender.ContenderKind.STREAMS;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import loginstream.bench.contender.ContenderKind;
import loginstream.bench.report.Measured;
import loginstream.bench.report.Results;

/** What becomes of the cost of a record as there is more of something: a part for each, worked off beside others. */
final class Growth {
    private static final long MOST_BYTES = 3_000_000_000L;

    private final Lab lab;
    private final BenchOptions options;
    private final Results results;

    Growth(Lab lab, BenchOptions options, Results results) {
        this.lab = lab;
        this.options = options;
        this.results = results;
    }

    /** One size of it. */
    private record Point(String variant, Workload workload, long warmUp, long records, int consumers) {}

    /** The same process with ever more work before it. */
    void backlogs() throws InterruptedException {
        measure(
                "backlog",
                options.backlogs.stream()
                        .map(records -> new Point(number(records), Workload.USUAL, options.warmUp, records, 1)),
                LOGINSTREAM_JAVA,
                STREAMS,
                BARE);
    }

    /** Several consumer threads on as many partitions as the greatest number of them. */
    void consumers() throws InterruptedException {
        int partitions = options.consumers.stream().max(Integer::compare).orElseThrow();
        Workload workload = Workload.USUAL.withPartitions(partitions);
        measure(
                "consumers",
                options.consumers.stream()
                        .map(consumers -> point(consumers + " of " + partitions, workload, consumers)),
                LOGINSTREAM_JAVA,
                STREAMS);
    }

    /** Larger logins; fewer of them, so that they find room. */
    void sizes() throws InterruptedException {
        measure(
                "sizes",
                options.sizes.stream()
                        .map(bytes -> point(number(bytes) + " bytes", Workload.USUAL.withBytes(bytes), 1)),
                LOGINSTREAM_JAVA,
                STREAMS,
                BARE);
    }

    /** More of them bad. */
    void badShares() throws InterruptedException {
        measure(
                "bad",
                options.badShares.stream()
                        .map(percent -> point(percent + " %", Workload.USUAL.withBadShare(percent / 100.0), 1)),
                LOGINSTREAM_JAVA,
                STREAMS);
    }

    /** More partitions for one thread. */
    void partitions() throws InterruptedException {
        measure(
                "partitions",
                options.partitions.stream()
                        .map(count -> point(Integer.toString(count), Workload.USUAL.withPartitions(count), 1)),
                LOGINSTREAM_JAVA,
                STREAMS,
                BARE);
    }

    /** More different keys and values. */
    void values() throws InterruptedException {
        measure(
                "values",
                options.values.stream().map(count -> point(number(count), Workload.USUAL.withDistinct(count), 1)),
                LOGINSTREAM_JAVA,
                STREAMS,
                BARE);
    }

    private Point point(String variant, Workload workload, int consumers) {
        long most = MOST_BYTES / workload.bytes();
        return new Point(variant, workload, Math.min(options.warmUp, most), Math.min(options.records, most), consumers);
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** All sizes in every round, and each for all contenders before the next: the machine's mood is theirs together. */
    private void measure(String part, Stream<Point> wanted, ContenderKind... known) throws InterruptedException {
        List<Point> points = wanted.toList();
        List<ContenderKind> kinds = options.asked(known);
        Map<Workload, String> inputs = new LinkedHashMap<>();
        for (Point point : kinds.isEmpty() ? List.<Point>of() : points) {
            inputs.computeIfAbsent(point.workload(), workload -> lab.load(workload, most(points, workload)));
        }
        for (int round = 1; round <= options.rounds; round++) {
            for (Point point : points) {
                for (ContenderKind kind : Lab.inTurn(kinds, round)) {
                    results.add(Lab.told(
                            new Measured(
                                    part,
                                    kind.label(),
                                    point.variant(),
                                    round,
                                    lab.workOff(
                                            kind,
                                            inputs.get(point.workload()),
                                            point.workload(),
                                            point.warmUp(),
                                            point.records(),
                                            point.consumers())),
                            options.rounds));
                }
            }
        }
        new ArrayList<>(inputs.values()).forEach(lab.cluster()::delete);
    }

    private static long most(List<Point> points, Workload workload) {
        return points.stream()
                .filter(point -> point.workload().equals(workload))
                .mapToLong(point -> point.warmUp() + point.records())
                .max()
                .orElseThrow();
    }
}
