package loginstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import loginstream.route.cases.InvalidTestFileException;
import loginstream.route.cases.TestCase;
import loginstream.route.cases.TestFile;
import loginstream.route.cases.TestRunner;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;

/**
 * The tests that are written beside YAML routes, {@code NAME.test.yaml}, as tests of JUnit:
 *
 * <pre>
 * &#64;TestFactory
 * Stream&lt;DynamicContainer&gt; routes() throws Exception {
 *     return RouteTests.in("routes");
 * }
 * </pre>
 */
public final class RouteTests {
    private RouteTests() {}

    /**
     * Those in files and directories.
     *
     * @throws InvalidTestFileException if there are none somewhere, or a file is not of the form that it should be
     */
    public static Stream<DynamicContainer> in(String... places) throws InvalidTestFileException {
        TestRunner runner = Staging.testRunner();
        List<DynamicContainer> files = new ArrayList<>();
        for (Path path : TestFile.find(Arrays.stream(places).map(Path::of).toList())) {
            TestFile file = TestFile.read(path);
            files.add(DynamicContainer.dynamicContainer(
                    path.toString(), path.toUri(), file.cases().stream().map(test -> test(test, runner))));
        }
        return files.stream();
    }

    private static DynamicTest test(TestCase test, TestRunner runner) {
        return DynamicTest.dynamicTest(
                test.name(), () -> assertThat(runner.run(test).differences()).isEmpty());
    }
}
