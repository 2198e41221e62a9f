package loginstream.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.Optional;
import java.util.stream.Stream;
import loginstream.config.reading.Secret;
import loginstream.console.RequestGuard.Purpose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestGuardTest {
    private static final String HOST = "localhost:8080";
    private static final String ORIGIN = "http://localhost:8080";
    private static final String SAME = "same-origin";
    private static final String SECRET = "s3cret";

    private final ConsoleToken random = ConsoleToken.of(new Secret(""));
    private final RequestGuard local = new RequestGuard(true, random);
    private final RequestGuard guarded = new RequestGuard(true, ConsoleToken.of(new Secret(SECRET)));
    private final RequestGuard remote = new RequestGuard(false, ConsoleToken.of(new Secret(SECRET)));

    @ParameterizedTest
    @EnumSource(Purpose.class)
    void thePageMayDoEverythingWithTheTokenItWasGiven(Purpose purpose) {
        // Given
        Caller page = new Caller(HOST, ORIGIN, SAME, "Bearer " + random.forPage());

        // When
        Optional<Problem> refusal = local.refusal(purpose, page);

        // Then
        assertThat(refusal).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example:8080",
                "evil.example",
                "localhost.evil.example:8080",
                "127.0.0.1.evil.example",
                "127.0.0.2:8080",
                "0.0.0.0:8080",
                "localhost:8080:8080",
                "[::2]:8080",
                "localhost@evil.example",
                "",
                ":8080"
            })
    void onLoopbackOtherNamesAreRefusedEvenThePage(String host) {
        // When
        Optional<Problem> refusal = local.refusal(Purpose.PAGE, new Caller(host, null, "none", null));

        // Then
        assertThat(refusal).map(Problem::status).contains(403);
    }

    @Test
    void onLoopbackARequestThatNamesNoHostIsRefused() {
        assertThat(local.refusal(Purpose.PAGE, new Caller(null, null, null, null)))
                .map(Problem::status)
                .contains(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:1", "127.0.0.1:8080", "[::1]:8080", "[::1]"})
    void onLoopbackItsOwnNamesAreFine(String host) {
        assertThat(local.refusal(Purpose.READ, new Caller(host, null, null, null)))
                .isEmpty();
    }

    @Test
    void elsewhereAnyNameWillDo() {
        assertThat(remote.refusal(Purpose.PAGE, new Caller("logins.example", null, null, null)))
                .isEmpty();
    }

    static Stream<Arguments> strangers() {
        return Stream.of(
                argumentSet("another site's page", "http://evil.example", "cross-site"),
                argumentSet("another site's page in an old browser", "http://evil.example", null),
                argumentSet("another port of this machine", "http://localhost:3000", "same-site"),
                argumentSet("another port, in an old browser", "http://localhost:3000", null),
                argumentSet("a sandboxed frame", "null", "cross-site"),
                argumentSet("a frame that says nothing but null", "null", null),
                argumentSet("an origin that begins alike", "http://localhost:8080.evil.example", null),
                argumentSet("a file", "file://", null),
                argumentSet("no origin at all", null, null),
                argumentSet("an address that was typed in", null, "none"));
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void nobodyElseMayChangeAnythingEvenWithTheToken(String origin, String fetchSite) {
        // Given
        Caller stranger = new Caller(HOST, origin, fetchSite, "Bearer " + random.forPage());

        // When
        Optional<Problem> refusal = local.refusal(Purpose.CHANGE, stranger);

        // Then
        assertThat(refusal).map(Problem::status).contains(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "none"})
    void theTokenIsForTheConsolesOwnPageOnly(String fetchSite) {
        assertThat(local.refusal(Purpose.SESSION, new Caller(HOST, null, fetchSite, null)))
                .map(Problem::status)
                .contains(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer s3cre", "Bearer s3cretx", "Basic s3cret", "s3cret"})
    void aWrongTokenIsRefused(String authorization) {
        // Given
        Caller page = new Caller(HOST, ORIGIN, SAME, authorization);

        // Then
        assertThat(guarded.refusal(Purpose.CHANGE, page)).map(Problem::status).contains(401);
        assertThat(guarded.refusal(Purpose.READ, page)).map(Problem::status).contains(401);
    }

    @Test
    void theTokenOfTheSettingsIsNeededForReadingToo() {
        assertThat(guarded.refusal(Purpose.READ, new Caller(HOST, null, SAME, null)))
                .map(Problem::status)
                .contains(401);
        assertThat(guarded.refusal(Purpose.READ, new Caller(HOST, null, SAME, "bearer  " + SECRET)))
                .isEmpty();
    }

    @Test
    void withoutATokenInTheSettingsReadingNeedsNoneButChangingDoes() {
        assertThat(local.refusal(Purpose.READ, new Caller(HOST, null, null, null)))
                .isEmpty();
        assertThat(local.refusal(Purpose.CHANGE, new Caller(HOST, ORIGIN, SAME, null)))
                .map(Problem::status)
                .contains(401);
    }

    @Test
    void aProxyWithHttpsInFrontIsTheSameOrigin() {
        assertThat(remote.refusal(
                        Purpose.CHANGE,
                        new Caller("logins.example", "https://logins.example", SAME, "Bearer " + SECRET)))
                .isEmpty();
    }
}
