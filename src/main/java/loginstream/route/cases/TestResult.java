package loginstream.route.cases;

import java.time.Duration;
import java.util.List;

/** How a test has ended. */
public final class TestResult {
    private final TestCase test;
    private final List<Difference> differences;
    private final Duration took;
    private final Happened happenedOrNull;

    /**
     * @param happenedOrNull what came out; null where the routes could not be run
     */
    TestResult(TestCase test, List<Difference> differences, Duration took, Happened happenedOrNull) {
        this.test = test;
        this.differences = List.copyOf(differences);
        this.took = took;
        this.happenedOrNull = happenedOrNull;
    }

    public TestCase test() {
        return test;
    }

    /** What is not as expected; empty where all is. */
    public List<Difference> differences() {
        return differences;
    }

    /** How long it ran. */
    public Duration took() {
        return took;
    }

    /** Whether all is as expected. */
    public boolean isPassed() {
        return differences.isEmpty();
    }

    Happened happenedOrNull() {
        return happenedOrNull;
    }
}
