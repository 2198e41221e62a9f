package loginstream.deadletter.store;

import static loginstream.fixture.StoredDeadLetters.FAILED_AT;
import static loginstream.fixture.StoredDeadLetters.POSITION;
import static loginstream.fixture.StoredDeadLetters.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import loginstream.login.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DeadLetterFilterTest {
    private static final StoredDeadLetter LETTER =
            of("invalid", "device_type: missing; ip: not an IP address: \"Я\"", "user-login-2@1841", false);

    static Stream<Arguments> filters() {
        return Stream.of(
                argumentSet("all", DeadLetterFilter.all(), true),
                argumentSet("failure", failure(Failure.INVALID), true),
                argumentSet("another failure", failure(Failure.PROCESSING), false),
                argumentSet("reason", reason("device_type: missing"), true),
                argumentSet("reason, other case", reason("DEVICE_TYPE: Missing"), true),
                argumentSet("end of the reason", reason("\"я\""), true),
                argumentSet("another reason", reason("locale"), false),
                argumentSet("longer than the reason", reason("x".repeat(999)), false),
                argumentSet("since its very moment", times(FAILED_AT, null), true),
                argumentSet("since later", times(FAILED_AT.plusMillis(1), null), false),
                argumentSet("until its very moment", times(null, FAILED_AT), false),
                argumentSet("until later", times(null, FAILED_AT.plusMillis(1)), true),
                argumentSet("from the topic", source("user-login"), true),
                argumentSet("from the partition", source("user-login-2"), true),
                argumentSet("from the offset", source("user-login-2@1841"), true),
                argumentSet("from a topic of a longer name", source("user-log"), false),
                argumentSet("from another partition", source("user-login-1"), false),
                argumentSet("from a shorter offset", source("user-login-2@184"), false),
                argumentSet("at the position", DeadLetterFilter.at(POSITION), true),
                argumentSet("elsewhere", DeadLetterFilter.at(new RecordPosition("user-login.dlq", 2, 18)), false));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void letsThroughWhatIsWanted(DeadLetterFilter filter, boolean expected) {
        // When // Then
        assertThat(filter.matches(LETTER)).isEqualTo(expected);
    }

    @Test
    void leavesOutWhatWasRedrivenWhereOnlyPendingOnesAreWanted() {
        // Given
        DeadLetterFilter pending = new DeadLetterFilter(null, null, null, null, null, true, Set.of());

        // When // Then
        assertThat(pending.matches(LETTER)).isTrue();
        assertThat(pending.matches(of("invalid", "r", "s-0@1", true))).isFalse();
    }

    @Test
    void refusesWhatCannotBeMeant() {
        // When // Then
        assertThatThrownBy(() -> source("user login")).hasMessageStartingWith("'user login' is no source");
        assertThatThrownBy(() -> times(FAILED_AT, FAILED_AT)).hasMessageStartingWith("nothing can be since");
    }

    private static DeadLetterFilter failure(Failure failure) {
        return new DeadLetterFilter(failure, null, null, null, null, false, Set.of());
    }

    private static DeadLetterFilter reason(String reason) {
        return new DeadLetterFilter(null, reason, null, null, null, false, Set.of());
    }

    private static DeadLetterFilter times(Instant since, Instant until) {
        return new DeadLetterFilter(null, null, since, until, null, false, Set.of());
    }

    private static DeadLetterFilter source(String source) {
        return new DeadLetterFilter(null, null, null, null, source, false, Set.of());
    }
}
