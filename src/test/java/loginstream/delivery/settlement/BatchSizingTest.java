package loginstream.delivery.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchSizingTest {
    private final BatchSizing sizing = new BatchSizing();

    @Test
    void letsAFastRouteHaveAllThereIsAfterAFewBatches() {
        // Given
        int batches = 0;

        // When
        while (sizing.size() < 10_000) {
            sizing.took(sizing.size(), Duration.ofNanos(4_000L * sizing.size()));
            batches++;
        }

        // Then
        assertThat(batches).isLessThanOrEqualTo(3);
    }

    @Test
    void givesASlowRouteWhatItHandlesInASecond() {
        // When
        sizing.took(500, Duration.ofSeconds(50)); // 100 ms each

        // Then
        assertThat(sizing.size()).isEqualTo(10);
    }

    @Test
    void neverGivesNothing() {
        // When
        sizing.took(1, Duration.ofMinutes(1));

        // Then
        assertThat(sizing.size()).isEqualTo(1);
    }

    @Test
    void growsAgainWhenARouteHasBecomeFast() {
        // Given
        sizing.took(500, Duration.ofSeconds(500));

        // When
        sizing.took(1, Duration.ofNanos(4_000));

        // Then
        assertThat(sizing.size()).isEqualTo(2_000);
    }

    @Test
    void takesABatchInNoTimeForAFastOne() {
        // When
        sizing.took(5, Duration.ZERO);

        // Then
        assertThat(sizing.size()).isEqualTo(2_000);
    }
}
