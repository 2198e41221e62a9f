package loginstream.route.yaml;

import loginstream.fixture.AnyRouteFile;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever is saved: it is taken, or refused with one line, without a secret. Many more are tried in AnyRouteFileIT. */
class AnyRouteFileTest {
    private static RouteFileFuzz fuzz;

    @BeforeContainer
    static void start() throws Exception {
        fuzz = new RouteFileFuzz();
    }

    @AfterContainer
    static void stop() {
        fuzz.close();
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void isTakenOrRefused(@ForAll("texts") String text) throws Exception {
        fuzz.load(text);
    }

    @Provide
    Arbitrary<String> texts() {
        return AnyRouteFile.texts();
    }
}
