package loginstream.bench.contender;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The process of one contender: lets it warm up, measures, prints the result and ends. It ends as well when its standard
 * input does, so that nothing is left running after the benchmark.
 */
public final class ContenderProcess {
    /** Printed once the warm-up is over. */
    public static final String WARM = "WARM";

    /** A contender tells nobody how far it is, so that telling costs nothing in the measured time: it is looked at. */
    private static final long LOOK_EVERY_MILLIS = 5;

    private static final AtomicBoolean MEASURED = new AtomicBoolean();

    private ContenderProcess() {}

    public static void main(String[] args) {
        try {
            run(args);
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1); // threads of its own would keep it alive
        }
    }

    private static void run(String[] args) throws Exception {
        Assignment assignment = Assignment.of(args[0]);
        try (Contender contender =
                ContenderKind.labelled(assignment.contender()).create(assignment)) {
            contender.start();
            if (assignment.records() == 0) {
                awaitDone(contender, assignment.warmUp());
                System.out.println(WARM);
                awaitEndOfInput();
            } else {
                endWithInput();
                RunResult result = measure(contender, assignment);
                MEASURED.set(true);
                System.out.println(RunResult.line(result));
            }
        }
    }

    private static RunResult measure(Contender contender, Assignment assignment) throws InterruptedException {
        Usage.Sample begin = awaitDone(contender, assignment.warmUp());
        System.out.println(WARM);
        Usage.Sample end = awaitDone(contender, assignment.warmUp() + assignment.records());
        return new RunResult(
                end.done() - begin.done(),
                (end.nanos() - begin.nanos()) / 1e9,
                (end.cpuNanos() - begin.cpuNanos()) / 1e9,
                Usage.peakRssMiB(),
                Usage.heapAfterGcMiB());
    }

    private static Usage.Sample awaitDone(Contender contender, long target) throws InterruptedException {
        long done = contender.done();
        while (done < target) {
            Thread.sleep(LOOK_EVERY_MILLIS);
            done = contender.done();
        }
        return Usage.sample(done);
    }

    private static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // nothing is expected but its end
        }
    }

    private static void endWithInput() {
        Thread watch = new Thread(
                () -> {
                    try {
                        awaitEndOfInput();
                    } catch (IOException e) {
                        // as good as the end
                    }
                    if (!MEASURED.get()) {
                        Runtime.getRuntime().halt(3);
                    }
                },
                "end of input");
        watch.setDaemon(true);
        watch.start();
    }
}
