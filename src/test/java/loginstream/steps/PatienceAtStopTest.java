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
        patience.prepareShutdown(false, false);
        pass(Duration.ofSeconds(4));
        assertThat(patience.leftNanos()).isEqualTo(Duration.ofSeconds(1).toNanos());
        patience.prepareShutdown(false, false);

        // When
        pass(Duration.ofSeconds(1));

        // Then
        assertThat(patience.leftNanos()).isNotPositive();
    }

    @Test
    void hasNoEndWhereTheRouteIsSuspended() {
        // When
        patience.prepareShutdown(true, false);

        // Then
        assertThat(patience.leftNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void isWithoutEndAgainAfterAStart() {
        // Given
        patience.prepareShutdown(false, false);
        pass(Duration.ofMinutes(1));

        // When
        patience.forgetStop();

        // Then
        assertThat(patience.leftNanos()).isEqualTo(Long.MAX_VALUE);
    }
}
