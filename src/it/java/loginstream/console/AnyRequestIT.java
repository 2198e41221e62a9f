package loginstream.console;

import loginstream.fixture.AnyRequest;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** {@link AnyRequestTest}, for minutes. */
@Tag("long")
class AnyRequestIT {
    private static RequestFuzz fuzz;

    @BeforeContainer
    static void start() throws Exception {
        fuzz = new RequestFuzz();
    }

    @AfterContainer
    static void stop() {
        fuzz.close();
    }

    @Property(tries = 80_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void isAnsweredOrNot(@ForAll("requests") String request) throws Exception {
        fuzz.send(request);
    }

    @Provide
    Arbitrary<String> requests() {
        return AnyRequest.requests();
    }
}
