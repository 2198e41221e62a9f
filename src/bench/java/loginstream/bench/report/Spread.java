package loginstream.bench.report;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.DoubleFunction;

/** Median and range over the rounds. */
public record Spread(double median, double min, double max) {

    /** Of one value or more. */
    public static Spread of(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], Arrays.stream(sorted).max().orElseThrow());
    }

    /** Such as {@code 8.1 (7.9–8.3)}. */
    public String text(DoubleFunction<String> number) {
        String middle = number.apply(median);
        return min == max ? middle : middle + " (" + number.apply(min) + "–" + number.apply(max) + ")";
    }
}
