package loginstream.deadletter.store;

import static loginstream.fixture.StoredDeadLetters.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DeadLetterStatsTest {

    static Stream<Arguments> reasons() {
        return Stream.of(
                argumentSet("a rule", "device_type: missing", List.of("device_type: missing")),
                argumentSet("a value", "ip: not an IP address: \"abc\"", List.of("ip: not an IP address")),
                argumentSet(
                        "two rules",
                        "device_type: missing; ip: not an IP address: \"abc\"",
                        List.of("device_type: missing", "ip: not an IP address")),
                argumentSet(
                        "a value like a reason",
                        "ip: not an IP address: \"; \\u0022: x\"; locale: not a locale: \"\"",
                        List.of("ip: not an IP address", "locale: not a locale")),
                argumentSet("a value with quotes", "ip: not an IP address: \"a\"b\"", List.of("ip: not an IP address")),
                argumentSet(
                        "a number in a rule",
                        "device_type: longer than 64 characters",
                        List.of("device_type: longer than 64 characters")),
                argumentSet(
                        "no rule",
                        "not JSON: Unexpected character ('x' (code 120)): at 'y'",
                        List.of("not JSON: Unexpected character (… (code N)): at …")),
                argumentSet(
                        "lengths",
                        "longer than 1048576 bytes (it has 1048577)",
                        List.of("longer than N bytes (it has N)")),
                argumentSet("none", "", List.of("(no reason)")));
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void groupsByRule(String reason, List<String> rules) {
        // When // Then
        assertThat(ReasonRules.of(reason)).isEqualTo(rules);
    }

    @Test
    void countsTheMostFrequentFirst() {
        // Given
        DeadLetterStats.Counting counting = new DeadLetterStats.Counting();
        counting.count(of("invalid", "ip: missing", "s-0@1", false));
        counting.count(of("unparseable", "empty", "s-0@2", true));
        counting.count(of("unparseable", "not UTF-8", "s-0@3", false));
        counting.count(of("made up", "ip: missing; locale: missing", "s-0@4", false));

        // When
        DeadLetterStats stats = counting.result();

        // Then
        assertThat(stats.total()).isEqualTo(4);
        assertThat(stats.redriven()).isEqualTo(1);
        assertThat(stats.byFailure())
                .containsExactly(entry("unparseable", 2L), entry("invalid", 1L), entry("unknown", 1L));
        assertThat(stats.byReason())
                .containsExactly(
                        entry("ip: missing", 2L),
                        entry("empty", 1L),
                        entry("locale: missing", 1L),
                        entry("not UTF-8", 1L));
    }

    @Test
    void keepsOnlySoManyDifferentReasons() {
        // Given
        DeadLetterStats.Counting counting = new DeadLetterStats.Counting();
        for (char c = 0; c < 600; c++) {
            counting.count(of("processing", "E " + (char) (0x4e00 + c), "s-0@1", false));
        }

        // When
        DeadLetterStats stats = counting.result();

        // Then
        assertThat(stats.byReason()).hasSize(DeadLetterStats.MOST_REASONS + 1).containsEntry("(others)", 100L);
    }
}
