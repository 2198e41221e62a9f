package loginstream.delivery.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchSizingTest {
    private final BatchSizing sizing = new BatchSizing();

    @Test
    void givesAFastRouteWhatStaysInTheCache() {
        // When
        fastBatches(10, Duration.ZERO);

        // Then
        assertThat(sizing.size()).isEqualTo(1_000);
    }

    @Test
    void givesARouteThatWaitsForLoginsAllThereIsAfterAFewBatches() {
        // When
        fastBatches(3, Duration.ofSeconds(1));

        // Then
        assertThat(sizing.size()).isGreaterThanOrEqualTo(10_000);
    }

    @Test
    void givesFewerAgainOnceNothingWaits() {
        // Given
        fastBatches(3, Duration.ofSeconds(1));

        // When
        fastBatches(1, Duration.ZERO);

        // Then
        assertThat(sizing.size()).isEqualTo(1_000);
    }

    private void fastBatches(int count, Duration waited) {
        for (int i = 0; i < count; i++) {
            int logins = sizing.size();
            sizing.took(logins, waited.plusNanos(4_000L * logins), waited);
        }
    }

    @Test
    void givesASlowRouteWhatItHandlesInASecond() {
        // When
        sizing.took(500, Duration.ofSeconds(50), Duration.ZERO); // 100 ms each

        // Then
        assertThat(sizing.size()).isEqualTo(10);
    }

    @Test
    void neverGivesNothing() {
        // When
        sizing.took(1, Duration.ofMinutes(1), Duration.ZERO);

        // Then
        assertThat(sizing.size()).isEqualTo(1);
    }

    @Test
    void growsAgainWhenARouteHasBecomeFast() {
        // Given
        sizing.took(500, Duration.ofSeconds(500), Duration.ZERO);

        // When
        sizing.took(1, Duration.ofNanos(4_000), Duration.ZERO);

        // Then
        assertThat(sizing.size()).isEqualTo(1_000);
    }

    @Test
    void takesABatchInNoTimeForAFastOne() {
        // When
        sizing.took(5, Duration.ZERO, Duration.ZERO);

        // Then
        assertThat(sizing.size()).isEqualTo(1_000);
    }
}
