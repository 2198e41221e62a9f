package loginstream.enrichment;

import static loginstream.fixture.LoginRecords.CLOCK;
import static loginstream.fixture.LoginRecords.EVENT_SECONDS;
import static loginstream.fixture.LoginRecords.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import loginstream.fixture.LoginRecords;
import loginstream.fixture.SingleLogin;
import loginstream.login.Login;
import loginstream.login.LoginStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LoginEnricherTest {
    private static final String ADDED =
            "\"event_time\":\"2023-09-12T00:45:51Z\",\"processed_time\":\"2023-09-12T00:46:40.500Z\"}";

    private final LoginEnricher enricher = new LoginEnricher(CLOCK);

    static Stream<Arguments> logins() {
        String number = "{\"timestamp\":" + EVENT_SECONDS;
        return Stream.of(
                argumentSet("number", number + "}", number + "," + ADDED),
                argumentSet("string", "{\"timestamp\":\"1694479551\"}", "{\"timestamp\":\"1694479551\"," + ADDED),
                argumentSet(
                        "times there already",
                        number + ",\"processed_time\":1,\"event_time\":null,\"x\":1.0}",
                        number + ",\"x\":1.0," + ADDED),
                argumentSet("no timestamp", "{\"x\":1}", "{\"x\":1,\"processed_time\":\"2023-09-12T00:46:40.500Z\"}"),
                argumentSet(
                        "timestamp null",
                        "{\"timestamp\":null}",
                        "{\"timestamp\":null,\"processed_time\":\"2023-09-12T00:46:40.500Z\"}"),
                argumentSet("empty", "{}", "{\"processed_time\":\"2023-09-12T00:46:40.500Z\"}"));
    }

    @ParameterizedTest
    @MethodSource("logins")
    void addsTheTimesAtTheEnd(String input, String output) {
        // Given
        Login login = SingleLogin.read(input);

        // When
        enricher.apply(login);

        // Then
        assertThat(SingleLogin.written(login)).isEqualTo(output);
    }

    @ParameterizedTest
    @MethodSource("logins")
    void addsThemOnceWhenRepeated(String input, String output) {
        // Given
        Login login = SingleLogin.read(input);
        enricher.apply(login);

        // When
        enricher.apply(login);

        // Then
        assertThat(SingleLogin.written(login)).isEqualTo(output);
    }

    static Stream<Arguments> moments() {
        return Stream.of(
                argumentSet("first allowed", 946_684_800, "2000-01-01T00:00:00Z"),
                argumentSet("leap day", 1_709_164_799 + 1, "2024-02-29T00:00:00Z"),
                argumentSet("last second of a year", 1_704_067_199, "2023-12-31T23:59:59Z"),
                argumentSet("after 2038", 2_147_483_648L, "2038-01-19T03:14:08Z"));
    }

    @ParameterizedTest
    @MethodSource("moments")
    void writesTheEventTimeInUtc(long seconds, String time) {
        // Given
        Login login = SingleLogin.read("{\"timestamp\":" + seconds + "}");

        // When
        enricher.apply(login);

        // Then
        assertThat(SingleLogin.written(login)).contains("\"event_time\":\"" + time + "\"");
    }

    @Test
    void writesMillisecondsEvenWhereThereAreNone() {
        // Given
        LoginEnricher onTheHour = new LoginEnricher(Clock.fixed(Instant.parse("2023-09-12T01:00:00Z"), ZoneOffset.UTC));
        Login login = SingleLogin.read("{}");

        // When
        onTheHour.apply(login);

        // Then
        assertThat(SingleLogin.written(login)).isEqualTo("{\"processed_time\":\"2023-09-12T01:00:00.000Z\"}");
    }

    @Test
    void looksAtTheClockForEachLogin() {
        // Given
        Queue<Instant> times = new ArrayDeque<>(List.of(NOW, NOW, NOW.plusMillis(1), NOW));
        InstantSource ticking = times::remove;
        LoginEnricher enricherOfTicks = new LoginEnricher(ticking.withZone(ZoneOffset.UTC));
        List<Login> logins =
                Stream.generate(() -> SingleLogin.read("{}")).limit(4).toList();

        // When
        logins.forEach(enricherOfTicks::apply);

        // Then
        assertThat(logins)
                .extracting(SingleLogin::written)
                .containsExactly(processed("500"), processed("500"), processed("501"), processed("500"));
    }

    @Test
    void looksAtTheClockOnceForWhatComesTogether() throws Exception {
        // Given
        Queue<Instant> times = new ArrayDeque<>(List.of(NOW, NOW.plusMillis(1)));
        InstantSource ticking = times::remove;
        LoginStep steps = new LoginEnricher(ticking.withZone(ZoneOffset.UTC)).andThen(login -> {});
        List<Login> logins =
                Stream.generate(() -> SingleLogin.read("{}")).limit(4).toList();

        // When
        for (List<Login> together : List.of(logins.subList(0, 2), logins.subList(2, 4))) {
            LoginStep step = steps.forBatch();
            for (Login login : together) {
                step.apply(login);
            }
        }

        // Then
        assertThat(logins)
                .extracting(SingleLogin::written)
                .containsExactly(processed("500"), processed("500"), processed("501"), processed("501"));
    }

    @Test
    void keepsTheRestOfARealLoginAsItIs() {
        // Given
        Login login = SingleLogin.read(LoginRecords.good());

        // When
        enricher.apply(login);

        // Then
        String good = LoginRecords.good();
        assertThat(SingleLogin.written(login)).isEqualTo(good.substring(0, good.length() - 1) + "," + ADDED);
    }

    private static String processed(String millis) {
        return "{\"processed_time\":\"2023-09-12T00:46:40." + millis + "Z\"}";
    }
}
