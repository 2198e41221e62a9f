package loginstream.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import loginstream.Staging;
import loginstream.cli.text.JunitXml;
import loginstream.cli.text.TestReport;
import loginstream.route.cases.InvalidTestFileException;
import loginstream.route.cases.TestCase;
import loginstream.route.cases.TestFile;
import loginstream.route.cases.TestResult;
import loginstream.route.cases.TestRunner;
import loginstream.route.cases.Update;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the tests that are written beside routes. */
@Command(
        name = "test",
        description = "Runs the tests of YAML routes, NAME.test.yaml beside NAME.camel.yaml. No broker is needed.",
        mixinStandardHelpOptions = true)
final class TestCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files with tests, or directories of such.")
    private List<Path> paths = List.of();

    @Option(names = "--junit-xml", paramLabel = "FILE", description = "Write the results as CI servers read them.")
    private Path junitXml;

    @Option(
            names = "--update",
            description = "Write what came out into the files, in the place of what tests that failed expect.")
    private boolean update;

    @Override
    public Integer call() throws InterruptedException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        long begun = System.nanoTime();
        TestReport report = new TestReport(out);
        List<TestResult> results = new ArrayList<>();
        int updated = 0;
        try {
            for (Path path : TestFile.find(paths)) {
                TestFile file = TestFile.read(path);
                List<TestResult> ofFile = run(file, report);
                updated += update ? Update.write(file, ofFile) : 0;
                results.addAll(ofFile);
            }
        } catch (InvalidTestFileException e) {
            spec.commandLine().getErr().println("loginstream: " + e.getMessage());
            return ExitCode.USAGE;
        }
        if (junitXml != null) {
            JunitXml.write(junitXml, results);
        }
        long failed = results.stream().filter(result -> !result.isPassed()).count();
        report.total(results.size(), failed, updated, Duration.ofNanos(System.nanoTime() - begun));
        return failed > updated ? FAILED : ExitCode.OK;
    }

    private static List<TestResult> run(TestFile file, TestReport report)
            throws InvalidTestFileException, InterruptedException {
        TestRunner runner = Staging.testRunner();
        List<TestResult> results = new ArrayList<>();
        for (TestCase test : file.cases()) {
            TestResult result = runner.run(test);
            report.add(result);
            results.add(result);
        }
        return results;
    }
}
