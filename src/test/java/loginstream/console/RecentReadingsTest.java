package loginstream.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import loginstream.metrics.LoginMetrics.Totals;
import org.junit.jupiter.api.Test;

class RecentReadingsTest {
    private static final long[] BOUNDS = {10, 100};

    private final RecentReadings readings = new RecentReadings(3);

    @Test
    void forgetsTheOldestWhenItIsFull() {
        // Given
        for (long at = 1_000; at <= 5_000; at += 1_000) {
            readings.add(reading(at, at));
        }

        // When
        Reading oldest = readings.oldestOr(null);

        // Then
        assertThat(oldest.at()).isEqualTo(3_000);
        assertThat(readings.since(0)).extracting(Reading::at).containsExactly(3_000L, 4_000L, 5_000L);
    }

    @Test
    void givesWhatIsNewAndWhatItComparesTo() {
        // Given
        readings.add(reading(1_000, 0));
        readings.add(reading(2_000, 0));
        readings.add(reading(3_000, 0));

        // Then
        assertThat(readings.since(2_000)).extracting(Reading::at).containsExactly(2_000L, 3_000L);
        assertThat(readings.since(3_000)).extracting(Reading::at).containsExactly(3_000L);
        assertThat(readings.since(Long.MAX_VALUE)).extracting(Reading::at).containsExactly(3_000L);
    }

    @Test
    void findsTheOneThatIsOldEnough() {
        // Given
        Reading now = reading(4_000, 0);
        assertThat(readings.before(now, 1_000)).isSameAs(now);
        readings.add(reading(1_000, 0));
        readings.add(reading(2_000, 0));
        readings.add(reading(3_500, 0));

        // Then
        assertThat(readings.before(now, 1_000).at()).isEqualTo(2_000);
        assertThat(readings.before(now, 60_000).at()).isEqualTo(1_000);
    }

    @Test
    void ratesAreThoseBetweenTwoReadings() {
        // Given
        Reading before = reading(1_000, 100);
        Reading after = new Reading(3_000, new Totals(150, 20, 30, 0), new long[3], Map.of());

        // Then
        assertThat(after.rateSince(before)).isEqualTo(50);
        assertThat(after.deadLetterRateSince(before)).isEqualTo(15);
        assertThat(before.rateSince(before)).isZero();
    }

    @Test
    void latencyIsThatOfTheRecordsBetweenTwoReadings() {
        // Given
        Reading before = new Reading(1_000, new Totals(0, 0, 0, 0), new long[] {0, 0, 1_000}, Map.of());
        Reading after = new Reading(2_000, new Totals(0, 0, 0, 0), new long[] {100, 0, 1_000}, Map.of());

        // Then
        assertThat(after.latencySince(before, BOUNDS, 0.5)).isEqualTo(5);
        assertThat(after.latencySince(after, BOUNDS, 0.5)).isNull();
    }

    private static Reading reading(long at, long processed) {
        return new Reading(at, new Totals(processed, 0, 0, 0), new long[3], Map.of());
    }
}
