package loginstream.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceAtStopTest {
    private Duration now = Duration.ofDays(-1);
    private final PatienceAtStop patience = new PatienceAtStop(() -> now.toNanos());

    private void pass(Duration time) {
        now = now.plus(time);
    }

    @Test
    void hasNoEndBeforeAStop() {
        // When
        pass(Duration.ofDays(2));

        // Then
        assertThat(patience.leftNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void lastsSomeSecondsFromWhenItIsFirstTold() {
        // Given
        patience.begin();
        pass(Duration.ofSeconds(4));
        assertThat(patience.leftNanos()).isEqualTo(Duration.ofSeconds(1).toNanos());
        patience.begin();

        // When
        pass(Duration.ofSeconds(1));

        // Then
        assertThat(patience.leftNanos()).isNotPositive();
    }

    @Test
    void isWithoutEndAgainAfterAStart() {
        // Given
        patience.begin();
        pass(Duration.ofMinutes(1));

        // When
        patience.forget();

        // Then
        assertThat(patience.leftNanos()).isEqualTo(Long.MAX_VALUE);
    }
}
