package loginstream.steps;

import static loginstream.fixture.LoginRecords.good;
import static loginstream.fixture.LoginRecords.without;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import loginstream.login.Login;
import loginstream.login.LoginField;
import loginstream.route.FailurePolicy;
import loginstream.route.UserLoginRoute;
import org.junit.jupiter.api.Test;

/** The route as it comes costs no exchange for a login, not even for one that is rejected. */
class WholeBatchTest {

    @Test
    void handlesABatchInJavaAtOnce() throws Exception {
        try (StepsFixture fixture = new StepsFixture()) {
            fixture.context().addRoutes(new FailurePolicy());
            assertHandledAtOnce(fixture.routes(new UserLoginRoute()));
        }
    }

    @Test
    void handlesABatchInYamlAtOnce() throws Exception {
        try (StepsFixture fixture = new StepsFixture()) {
            assertHandledAtOnce(fixture.yaml(Files.readString(Path.of("routes/user-login.camel.yaml"))));
        }
    }

    private static void assertHandledAtOnce(StepsFixture fixture) throws Exception {
        // Given
        fixture.start();
        fixture.consume("a", good())
                .consume("a", without(LoginField.DEVICE_TYPE))
                .consume("a", "[]")
                .consume("a", null)
                .consume("a", good());

        // When
        StepsFixture.Result result = fixture.run();

        // Then
        assertThat(result.states())
                .containsExactly(
                        Login.State.PROCESSED,
                        Login.State.DEAD_LETTERED,
                        Login.State.DEAD_LETTERED,
                        Login.State.FILTERED,
                        Login.State.PROCESSED);
        assertThat(result.logins()).extracting(Login::exchange).containsOnlyNulls();
        assertThat(fixture.outbox().to("user-login.dlq"))
                .extracting(sent -> sent.cause().source().offset())
                .containsExactly(1L, 2L);
    }
}
