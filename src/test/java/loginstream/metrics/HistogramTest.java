package loginstream.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class HistogramTest {

    @Test
    void aBoundBelongsToTheBucketBelowIt() {
        // Given
        Histogram histogram = Histogram.ofRecords(1, 10, 100);

        // When
        for (long value : new long[] {0, 1, 2, 10, 11, 100, 101, 1_000_000}) {
            histogram.add(value);
        }

        // Then
        HistogramDataPointSnapshot point = point(histogram);
        assertThat(counts(point)).containsExactly(2, 2, 2, 2);
        assertThat(point.getSum()).isEqualTo(1_000_225);
    }

    @Test
    void showsSeconds() {
        // Given
        Histogram histogram = Histogram.ofTime(TimeUnit.MILLISECONDS, 10, 2_500);

        // When
        histogram.add(1_250);

        // Then
        HistogramDataPointSnapshot point = point(histogram);
        assertThat(point.getClassicBuckets().getUpperBound(0)).isCloseTo(0.01, within(1e-12));
        assertThat(point.getClassicBuckets().getUpperBound(1)).isCloseTo(2.5, within(1e-12));
        assertThat(point.getClassicBuckets().getUpperBound(2)).isInfinite();
        assertThat(point.getSum()).isCloseTo(1.25, within(1e-12));
    }

    @Property
    void manyAtOnceAreCountedAsOneByOne(
            @ForAll @LongRange(min = 0, max = 2_000) long now, @ForAll @LongRange(min = 0, max = 3_000) long[] starts) {
        // Given
        Histogram oneByOne = Histogram.ofTime(TimeUnit.MILLISECONDS, 10, 100, 1_000);
        Histogram atOnce = Histogram.ofTime(TimeUnit.MILLISECONDS, 10, 100, 1_000);

        // When
        Arrays.stream(starts).map(start -> Math.max(0, now - start)).forEach(oneByOne::add);
        atOnce.addAges(now, starts, starts.length);

        // Then
        assertThat(counts(point(atOnce))).isEqualTo(counts(point(oneByOne)));
        assertThat(point(atOnce).getSum()).isEqualTo(point(oneByOne).getSum());
    }

    private static HistogramDataPointSnapshot point(Histogram histogram) {
        return histogram.points().get(0);
    }

    private static long[] counts(HistogramDataPointSnapshot point) {
        return point.getClassicBuckets().stream()
                .mapToLong(bucket -> bucket.getCount())
                .toArray();
    }
}
