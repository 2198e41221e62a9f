package loginstream.console;

import loginstream.fixture.AnyRequest;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever is asked: an answer or none, no secret, and the servers go on. Many more are asked in AnyRequestIT. */
class AnyRequestTest {
    private static RequestFuzz fuzz;

    @BeforeContainer
    static void start() throws Exception {
        fuzz = new RequestFuzz();
    }

    @AfterContainer
    static void stop() {
        fuzz.close();
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void isAnsweredOrNot(@ForAll("requests") String request) throws Exception {
        fuzz.send(request);
    }

    @Provide
    Arbitrary<String> requests() {
        return AnyRequest.requests();
    }
}
