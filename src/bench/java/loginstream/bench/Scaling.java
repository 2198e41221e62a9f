package loginstream.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import loginstream.bench.contender.Assignment;
import loginstream.bench.contender.ContenderKind;
import loginstream.bench.contender.ContenderProcess;
import loginstream.bench.contender.WaitingStep;
import loginstream.bench.report.Measured;
import loginstream.bench.report.Metric;
import loginstream.bench.report.Results;
import loginstream.sandbox.FreePort;

/**
 * Several processes of one group on twelve partitions: what they do together, and for how long a login is held up when one
 * joins, leaves or is killed.
 */
final class Scaling {
    private static final int PARTITIONS = 12;
    private static final int MOST = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** With {@link WaitingStep} each process does some hundreds a second. */
    private static final long SLOW_RECORDS = 12_000;

    private static final long SLOW_WARM_UP = 5_000;
    /** What a change may cost, and some more. */
    private static final Duration CHANGE = Duration.ofSeconds(20);

    private final Lab lab;
    private final BenchOptions options;
    private final Results results;

    Scaling(Lab lab, BenchOptions options, Results results) {
        this.lab = lab;
        this.options = options;
        this.results = results;
    }

    /** What one, two and three of them do, with the route as it comes and with a step that waits. */
    void together() throws Exception {
        String input = Lab.unique("logins");
        lab.cluster().create(PARTITIONS, input);
        lab.cluster().load(input, Workload.USUAL.withPartitions(PARTITIONS), options.warmUp * MOST + options.records);
        Map<String, String> waiting = new LinkedHashMap<>(options.settings);
        waiting.put("loginstream.routes.directory", routesThatWait().toString());
        for (int round = 1; round <= options.rounds; round++) {
            for (int processes = 1; processes <= MOST; processes++) {
                long warmUp = options.warmUp * processes; // each has to be warm
                Assignment route = assignment(ContenderKind.LOGINSTREAM_JAVA, input);
                add(route, processes + " at once", round, workOff(route, processes, warmUp, options.records));
                Assignment slow =
                        assignment(ContenderKind.LOGINSTREAM_YAML, input).with(waiting);
                add(slow, processes + " that wait", round, workOff(slow, processes, SLOW_WARM_UP, SLOW_RECORDS));
            }
        }
        lab.cluster().delete(input);
    }

    private void add(Assignment contender, String variant, int round, Map<Metric, Double> values) {
        String part = values.containsKey(Metric.MAX) ? "rebalance" : "scaling";
        results.add(Lab.told(new Measured(part, contender.contender(), variant, round, values), options.rounds));
    }

    /** The route with a step that waits. */
    private Path routesThatWait() throws IOException {
        Path folder = Files.createTempDirectory(lab.logs(), "routes-");
        String route = Files.readString(options.routes.resolve("user-login.camel.yaml"));
        String step = "        - process:\n            ref: loginEnricher\n";
        String delay = "        - process:\n            ref: \"#class:" + WaitingStep.class.getName() + "\"\n";
        Files.writeString(folder.resolve("user-login.camel.yaml"), route.replace(step, delay + step));
        return folder.toAbsolutePath();
    }

    private Map<Metric, Double> workOff(Assignment assignment, int processes, long warmUp, long records)
            throws InterruptedException {
        String input = assignment.input();
        lab.cluster().create(PARTITIONS, assignment.output(), assignment.deadLetter());
        lab.cluster().leave(assignment.group(), input, PARTITIONS, warmUp + records);
        List<ChildProcess> running = new ArrayList<>();
        try {
            for (int i = 0; i < processes; i++) {
                running.add(start(assignment, i));
            }
            long all = lab.cluster().size(input, PARTITIONS);
            Sample begin = awaitDone(assignment, all - records, running);
            Sample end = awaitDone(assignment, all, running);
            return Map.of(
                    Metric.THROUGHPUT,
                    (end.done - begin.done) * 1e9 / (end.nanos - begin.nanos),
                    Metric.CPU,
                    (end.cpuNanos - begin.cpuNanos) / 1e3 / (end.done - begin.done),
                    Metric.BROKER_CPU,
                    (end.brokerNanos - begin.brokerNanos) / 1e3 / (end.done - begin.done));
        } finally {
            running.forEach(ChildProcess::close);
            lab.cluster().delete(assignment.output(), assignment.deadLetter());
        }
    }

    /** One look at the clocks, and at how much is committed. */
    private record Sample(long done, long nanos, long cpuNanos, long brokerNanos) {}

    private Sample awaitDone(Assignment assignment, long target, List<ChildProcess> running)
            throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            long done = lab.cluster().committed(assignment.group());
            if (done >= target) {
                long cpu = running.stream().mapToLong(ChildProcess::cpuNanos).sum();
                return new Sample(done, System.nanoTime(), cpu, lab.cluster().cpuNanos());
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("only " + done + " of " + target + " committed");
            }
            Thread.sleep(20);
        }
    }

    /** The third process of a group joins, leaves, comes again and is killed, while logins flow. */
    void changes() throws InterruptedException {
        for (int round = 1; round <= options.rounds; round++) {
            changes(round);
        }
    }

    private void changes(int round) throws InterruptedException {
        String input = Lab.unique("logins");
        Assignment assignment = assignment(ContenderKind.LOGINSTREAM_JAVA, input);
        String[] topics = {input, assignment.output(), assignment.deadLetter()};
        lab.cluster().create(PARTITIONS, topics);
        Flow flow = new Flow(assignment.bootstrapServers(), input, assignment.output(), PARTITIONS, options.rate);
        List<ChildProcess> running = new ArrayList<>(List.of(start(assignment, 0), start(assignment, 1)));
        try (HeldUp heldUp = new HeldUp(flow, CHANGE.multipliedBy(8))) {
            Thread.sleep(CHANGE.toMillis());
            add(assignment, "nothing changes", round, heldUp.during(CHANGE, () -> {}));
            add(assignment, "one joins", round, heldUp.during(CHANGE, () -> running.add(start(assignment, 2))));
            add(assignment, "one leaves", round, heldUp.during(CHANGE, () -> running.remove(2)
                    .close()));
            running.add(start(assignment, 3));
            Thread.sleep(CHANGE.toMillis());
            add(assignment, "one is killed", round, heldUp.during(CHANGE, () -> running.remove(2)
                    .kill()));
        } finally {
            running.forEach(ChildProcess::close);
            lab.cluster().delete(topics);
        }
    }

    private Assignment assignment(ContenderKind kind, String input) {
        return lab.assignment(kind, input, 0, 0, 1, 0);
    }

    /** One of several processes of the group; it has started when this is left. */
    private ChildProcess start(Assignment assignment, int number) throws InterruptedException {
        Map<String, String> settings = new LinkedHashMap<>(assignment.changedSettings());
        settings.put("camel.management.port", Integer.toString(FreePort.any()));
        ChildProcess process = lab.start(assignment.with(settings), assignment.group() + "-" + number);
        process.awaitLine(ContenderProcess.WARM::equals, PATIENCE);
        return process;
    }
}
