package loginstream.cli.text;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import loginstream.route.cases.Difference;
import loginstream.route.cases.TestResult;

/** Results of tests of routes: a line for each, and what differs below. */
public final class TestReport {
    private final PrintWriter out;

    public TestReport(PrintWriter out) {
        this.out = out;
    }

    /** A test has ended. */
    public void add(TestResult result) {
        out.println((result.isPassed() ? "ok      " : "FAILED  ") + result.test());
        for (Difference difference : result.differences()) {
            out.println("          " + difference.where());
            out.println("            expected  " + difference.expected());
            out.println("            came out  " + difference.actual());
        }
        out.flush();
    }

    /** All have ended. */
    public void total(int tests, long failed, int updated, Duration took) {
        out.printf(
                Locale.ROOT,
                "%n%d test%s, %d failed%s, %.1f s%n",
                tests,
                tests == 1 ? "" : "s",
                failed,
                updated > 0 ? ", " + updated + " brought up to date" : "",
                took.toMillis() / 1000.0);
        out.flush();
    }
}
