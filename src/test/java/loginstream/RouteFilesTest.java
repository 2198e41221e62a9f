package loginstream;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** The routes that are shipped, and the examples, do what the files beside them say. */
class RouteFilesTest {

    @TestFactory
    Stream<DynamicContainer> routes() throws Exception {
        return RouteTests.in("routes", "routes/examples");
    }
}
