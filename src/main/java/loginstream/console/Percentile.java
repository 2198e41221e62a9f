package loginstream.console;

/** Percentiles of counts in buckets, estimated as Prometheus does it: evenly spread within a bucket. */
final class Percentile {
    private Percentile() {}

    /**
     * The value that a share of all stays within.
     *
     * @param share 0 to 1
     * @param bounds the largest value of each bucket, ascending
     * @param counts by bucket, with one bucket more for what is larger; of that one only its lower bound is known
     * @return null where nothing was counted
     */
    static Double of(double share, long[] bounds, long[] counts) {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        if (total == 0) {
            return null;
        }
        double rank = share * total;
        long before = 0;
        for (int i = 0; i < bounds.length; i++) {
            if (counts[i] > 0 && before + counts[i] >= rank) {
                long lower = i == 0 ? 0 : bounds[i - 1];
                return lower + (bounds[i] - lower) * Math.max(0, rank - before) / counts[i];
            }
            before += counts[i];
        }
        return (double) bounds[bounds.length - 1];
    }
}
