package loginstream.route.cases;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import loginstream.config.reading.InvalidSettingException;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import loginstream.route.stage.FailureReport;
import loginstream.route.stage.Stage;
import loginstream.route.stage.UnusableRoutesException;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;

/** Runs tests of routes without a broker, each on a stage of its own. */
public final class TestRunner {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration REST = Duration.ofSeconds(2);

    private final Stages stages;

    /** Makes stages. */
    @FunctionalInterface
    public interface Stages {
        /**
         * A stage for the routes of a test.
         *
         * @param recorder takes what they send
         * @throws InvalidSettingException if the file's settings cannot be used
         */
        Stage open(TestFile file, RoutesBuilder routes, Recorder recorder) throws UnusableRoutesException;
    }

    public TestRunner(Stages stages) {
        this.stages = stages;
    }

    /**
     * Runs a test.
     *
     * @throws InvalidTestFileException if there are no routes to test
     */
    public TestResult run(TestCase test) throws InvalidTestFileException, InterruptedException {
        Recorder recorder = new Recorder(test);
        FutureTask<Happened> task = new FutureTask<>(() -> play(test, recorder));
        Thread thread = new Thread(task, "route-test");
        thread.setDaemon(true);
        long begun = System.nanoTime();
        thread.start();
        try {
            Happened happened = task.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return new TestResult(test, Comparison.of(test.written(), happened), since(begun), happened);
        } catch (TimeoutException e) {
            task.cancel(true);
            return failed(test, "none within " + LIMIT.toSeconds() + " s", begun);
        } catch (ExecutionException e) {
            return failed(test, e.getCause(), begun);
        }
    }

    private static TestResult failed(TestCase test, Throwable failure, long begun) throws InvalidTestFileException {
        if (failure instanceof InvalidTestFileException invalid) {
            throw invalid;
        }
        if (failure instanceof InvalidSettingException setting) {
            throw new InvalidTestFileException(test.file() + ":"
                    + test.file().source().line("settings") + ": " + String.join("; ", setting.problems()));
        }
        boolean placed = failure instanceof UnusableRoutesException;
        return failed(test, placed ? failure.getMessage() : FailureReport.reason(failure), begun);
    }

    private static TestResult failed(TestCase test, String reason, long begun) {
        return new TestResult(test, List.of(new Difference("the routes", "an end", reason)), since(begun), null);
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private Happened play(TestCase test, Recorder recorder) throws Exception {
        try (Stage stage = stages.open(test.file(), test.file().routes().builder(), recorder)) {
            LoginBatch batch = new LoginBatch(test.records(stage.inputTopic()), recorder);
            if (!stage.isConsuming()) {
                throw new UnusableRoutesException("no route consumes " + stage.inputTopic());
            }
            Exchange exchange = stage.play(batch);
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            int filtered = (int) count(batch, Login.State.FILTERED);
            batch.committed(); // what is left to be done then is done
            stage.awaitRest(REST);
            return recorder.happened(filtered);
        }
    }

    private static long count(LoginBatch batch, Login.State state) {
        List<Login.State> states = new ArrayList<>();
        batch.forEach(login -> states.add(login.state()));
        return states.stream().filter(state::equals).count();
    }
}
