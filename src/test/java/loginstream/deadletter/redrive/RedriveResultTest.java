package loginstream.deadletter.redrive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import loginstream.deadletter.store.DeadLetterFilter;
import loginstream.login.MemberEdits;
import org.junit.jupiter.api.Test;

class RedriveResultTest {
    private static final RedriveRequest REQUEST = RedriveRequest.of(DeadLetterFilter.all());

    @Test
    void tellsWhatHasBecomeOfEach() {
        // Given
        RedriveResult result = new RedriveResult(40, 12, 20, 3, 5, 1, 2);

        // When // Then
        assertThat(result.describe("redrove", REQUEST, "user-login"))
                .isEqualTo("redrove 12 of 40 records: 20 already redriven, 3 at the limit of 3 redrives,"
                        + " 5 not JSON objects, 1 not from user-login, 2 refused by the brokers");
    }

    @Test
    void saysNoMoreThanThereIs() {
        // Given
        RedriveResult result = new RedriveResult(1, 1, 0, 0, 0, 0, 0);

        // When // Then
        assertThat(result.describe("would redrive", REQUEST, "user-login")).isEqualTo("would redrive 1 of 1 record");
    }

    @Test
    void refusesWhatCannotBeDone() {
        // When // Then
        assertThatThrownBy(() -> new RedriveRequest(DeadLetterFilter.all(), MemberEdits.none(), 0, 0))
                .hasMessage("the most redrives must be 1 or more, not 0");
        assertThatThrownBy(() -> new RedriveRequest(DeadLetterFilter.all(), MemberEdits.none(), 3, Double.NaN))
                .hasMessageStartingWith("the rate must be from 0 to 1000000");
    }
}
