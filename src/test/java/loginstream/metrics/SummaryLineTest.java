package loginstream.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class SummaryLineTest {

    @Test
    void isTheSameInEveryCountry() {
        // Given
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);

        // When
        String line;
        try {
            line = SummaryLine.format(new LoginMetrics.Totals(1_234_567, 12, 3, 89_000), 10_250.449);
        } finally {
            Locale.setDefault(before);
        }

        // Then
        assertThat(line)
                .isEqualTo("in 1,234,582  processed 1,234,567  filtered 12  dead-lettered 3  "
                        + "rate 10,250.4/s  lag 89,000");
    }
}
