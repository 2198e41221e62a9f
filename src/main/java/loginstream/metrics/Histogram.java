package loginstream.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts in fixed buckets, kept here so that nothing that happens to a meter registry can reset them. Values are whole
 * numbers of a unit of its own; only who reads it sees seconds.
 */
final class Histogram {
    private final long[] bounds;
    private final double unit;
    private final LongAdder[] counts;
    private final LongAdder sum = new LongAdder();

    /**
     * @param bounds the largest value of each bucket, ascending; one more bucket takes what is larger
     * @param unit what one of these units is in Prometheus, e.g. 0.001 for milliseconds
     */
    private Histogram(double unit, long... bounds) {
        this.bounds = bounds;
        this.unit = unit;
        this.counts = new LongAdder[bounds.length + 1];
        Arrays.setAll(counts, i -> new LongAdder());
    }

    /** Of numbers of records. */
    static Histogram ofRecords(long... bounds) {
        return new Histogram(1, bounds);
    }

    /** Of spans of time, shown in seconds. */
    static Histogram ofTime(TimeUnit unit, long... bounds) {
        return new Histogram(1.0 / unit.convert(1, TimeUnit.SECONDS), bounds);
    }

    /** Counts one value. */
    void add(long value) {
        counts[bucketOf(value, 0)].increment();
        sum.add(value);
    }

    /**
     * Counts the ages of many records at once. The ages of neighbours are alike, so the bucket of one is the first guess
     * for the next: this is asked for every record.
     *
     * @param now the end of each age
     * @param starts the beginnings, in the same unit; one that lies after the end counts as no age at all
     * @param size how many of them there are
     */
    void addAges(long now, long[] starts, int size) {
        int[] found = new int[counts.length];
        int bucket = 0;
        long total = 0;
        for (int i = 0; i < size; i++) {
            long age = Math.max(0, now - starts[i]);
            bucket = bucketOf(age, bucket);
            found[bucket]++;
            total += age;
        }
        for (int i = 0; i < found.length; i++) {
            if (found[i] > 0) {
                counts[i].add(found[i]);
            }
        }
        sum.add(total);
    }

    private int bucketOf(long value, int guess) {
        int bucket = guess;
        while (bucket < bounds.length && value > bounds[bucket]) {
            bucket++;
        }
        while (bucket > 0 && value <= bounds[bucket - 1]) {
            bucket--;
        }
        return bucket;
    }

    long[] bounds() {
        return bounds.clone();
    }

    /** The count of each bucket by itself. */
    long[] counts() {
        return Arrays.stream(counts).mapToLong(LongAdder::sum).toArray();
    }

    /** The counts now, as the only series of a meter. */
    List<HistogramDataPointSnapshot> points() {
        double[] upperBounds = new double[counts.length];
        for (int i = 0; i < counts.length; i++) {
            upperBounds[i] = i < bounds.length ? bounds[i] * unit : Double.POSITIVE_INFINITY;
        }
        return List.of(HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(ClassicHistogramBuckets.of(upperBounds, counts()))
                .sum(sum.sum() * unit)
                .build());
    }
}
