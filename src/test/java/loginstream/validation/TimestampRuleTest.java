package loginstream.validation;

import static loginstream.fixture.LoginRecords.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import loginstream.fixture.LoginRecords;
import loginstream.login.LoginMembers.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TimestampRuleTest {
    private static final long NOW = LoginRecords.NOW.getEpochSecond();
    private static final long FIRST = 946_684_800; // 2000-01-01T00:00:00Z

    private final TimestampRule rule = new TimestampRule(CLOCK, Duration.ofMinutes(5));

    static Stream<Arguments> good() {
        return Stream.of(
                argumentSet("number", Kind.INTEGER, "1694479551"),
                argumentSet("string", Kind.STRING, "1694479551"),
                argumentSet("string with leading zeros", Kind.STRING, "0001694479551"),
                argumentSet("earliest", Kind.INTEGER, "" + FIRST),
                argumentSet("now", Kind.INTEGER, "" + NOW),
                argumentSet("latest", Kind.INTEGER, "" + (NOW + 300)));
    }

    @ParameterizedTest
    @MethodSource("good")
    void acceptsWholeSecondsUpToALittleAfterNow(Kind kind, String text) {
        // When
        String violation = rule.violation(kind, text);

        // Then
        assertThat(violation).isNull();
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                argumentSet("a second too early", Kind.INTEGER, "" + (FIRST - 1), "before 2000-01-01"),
                argumentSet("zero", Kind.INTEGER, "0", "before 2000-01-01"),
                argumentSet("negative", Kind.INTEGER, "-1694479551", "before 2000-01-01"),
                argumentSet("a second too late", Kind.INTEGER, "" + (NOW + 301), "in the future"),
                argumentSet("milliseconds", Kind.INTEGER, "1694479551000", "in the future"),
                argumentSet("longest number", Kind.INTEGER, "9".repeat(18), "in the future"),
                argumentSet(
                        "larger than a long",
                        Kind.INTEGER,
                        "99999999999999999999",
                        "not whole epoch seconds: \"99999999999999999999\""),
                argumentSet("fraction or object", Kind.OTHER, null, "not whole epoch seconds"),
                argumentSet(
                        "fraction in a string",
                        Kind.STRING,
                        "1694479551.5",
                        "not whole epoch seconds: \"1694479551.5\""),
                argumentSet("exponent in a string", Kind.STRING, "1e9", "not whole epoch seconds: \"1e9\""),
                argumentSet("plus sign", Kind.STRING, "+1694479551", "not whole epoch seconds: \"+1694479551\""),
                argumentSet("blank around", Kind.STRING, " 1694479551", "not whole epoch seconds: \" 1694479551\""),
                argumentSet("empty", Kind.STRING, "", "not whole epoch seconds: \"\""),
                argumentSet("only a sign", Kind.STRING, "-", "not whole epoch seconds: \"-\""),
                argumentSet("ISO 8601", Kind.STRING, "2023-09-12", "not whole epoch seconds: \"2023-09-12\""),
                argumentSet(
                        "digits of another script",
                        Kind.STRING,
                        "١٦٩٤٤٧٩٥٥١",
                        "not whole epoch seconds: \"١٦٩٤٤٧٩٥٥١\""));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refusesAnythingElse(Kind kind, String text, String reason) {
        // When
        String violation = rule.violation(kind, text);

        // Then
        assertThat(violation).isEqualTo(reason);
    }

    @Test
    void looksAtTheClockAgainForWhatIsLater() {
        // Given
        Queue<Instant> times = new ArrayDeque<>(List.of(LoginRecords.NOW, LoginRecords.NOW.plusSeconds(1)));
        InstantSource ticking = times::remove;
        TimestampRule moving = new TimestampRule(ticking.withZone(ZoneOffset.UTC), Duration.ZERO);
        moving.violation(Kind.INTEGER, Long.toString(NOW));

        // When
        String violation = moving.violation(Kind.INTEGER, Long.toString(NOW + 1));

        // Then
        assertThat(violation).isNull();
    }

    @Test
    void goesBackWithTheClock() {
        // Given
        Queue<Instant> times =
                new ArrayDeque<>(List.of(LoginRecords.NOW.plusSeconds(60), LoginRecords.NOW, LoginRecords.NOW));
        InstantSource setBack = times::remove;
        TimestampRule back = new TimestampRule(setBack.withZone(ZoneOffset.UTC), Duration.ZERO);
        back.lookAtClock();
        back.lookAtClock();

        // When
        String violation = back.violation(Kind.INTEGER, Long.toString(NOW + 1));

        // Then
        assertThat(violation).isEqualTo("in the future");
    }

    static Stream<Arguments> skews() {
        return Stream.of(
                argumentSet("none, now", Duration.ZERO, 0, null),
                argumentSet("none, a second later", Duration.ZERO, 1, "in the future"),
                argumentSet("an hour, at its end", Duration.ofHours(1), 3600, null),
                argumentSet("an hour, a second later", Duration.ofHours(1), 3601, "in the future"),
                argumentSet("half a second reaches the next second", Duration.ofMillis(500), 1, null),
                argumentSet("just too little does not", Duration.ofMillis(499), 1, "in the future"));
    }

    @ParameterizedTest
    @MethodSource("skews")
    void allowsForTheClockSkewThatIsSet(Duration skew, int secondsAhead, String reason) {
        // Given
        TimestampRule skewed = new TimestampRule(CLOCK, skew);

        // When
        String violation = skewed.violation(Kind.INTEGER, Long.toString(NOW + secondsAhead));

        // Then
        assertThat(violation).isEqualTo(reason);
    }
}
