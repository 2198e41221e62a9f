package loginstream.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentileTest {
    private static final long[] BOUNDS = {10, 100, 1_000};

    @ParameterizedTest
    @CsvSource({
        "0.5,  100 0 0 0,   5",
        "0.99, 100 0 0 0,   9.9",
        "0.5,  50 50 0 0,   10",
        "0.75, 50 50 0 0,   55",
        "1,    50 50 0 0,   100",
        "0,    0 10 0 0,    10",
        "0.99, 1 0 0 99,    1000",
        "0.01, 1 0 0 99,    10"
    })
    void isSpreadEvenlyWithinABucket(double share, String counts, double expected) {
        // When
        Double percentile = Percentile.of(share, BOUNDS, numbers(counts));

        // Then
        assertThat(percentile).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0 0 0 0"})
    void isUnknownWhereNothingWasCounted(double share, String counts) {
        assertThat(Percentile.of(share, BOUNDS, numbers(counts))).isNull();
    }

    private static long[] numbers(String text) {
        return java.util.Arrays.stream(text.strip().split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
    }
}
