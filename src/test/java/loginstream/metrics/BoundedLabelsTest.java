package loginstream.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import loginstream.login.TextSpan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedLabelsTest {
    private final BoundedLabels labels = new BoundedLabels();

    @Test
    void aValueKeepsItsNumber() {
        // Given
        int android = labels.numberOf("android");
        int ios = labels.numberOf("iOS");

        // When
        int again = labels.numberOf(new StringBuilder("android"));

        // Then
        assertThat(again).isEqualTo(android).isNotEqualTo(ios);
        assertThat(labels.value(android)).isEqualTo("android");
        assertThat(labels.value(ios)).isEqualTo("iOS");
        assertThat(labels.size()).isEqualTo(2);
    }

    @Test
    void aValueHasTheSameNumberAsTextAndAsPartOfARecord() {
        // Given
        int android = labels.numberOf("android");
        int coffee = labels.numberOf("café");
        byte[] record = "{\"device_type\":\"android\"}".getBytes(StandardCharsets.US_ASCII);

        // Then
        assertThat(labels.numberOf(new TextSpan().moveTo(record, 16, 23))).isEqualTo(android);
        assertThat(labels.numberOf(new TextSpan().moveTo(record, 16, 22))).isNotEqualTo(android);
        assertThat(labels.numberOf("café")).isEqualTo(coffee);
        assertThat(labels.numberOf(new TextSpan().moveTo("caf".getBytes(StandardCharsets.US_ASCII), 0, 3)))
                .isNotEqualTo(coffee);
    }

    @Test
    void theFirstFiftyHaveTheirOwnAndTheRestIsOther() {
        // Given
        for (int i = 0; i < 10_000; i++) {
            labels.numberOf("device " + i);
        }

        // When
        int late = labels.numberOf("a late one");
        int first = labels.numberOf("device 0");
        int fiftieth = labels.numberOf("device 49");
        int next = labels.numberOf("device 50");

        // Then
        assertThat(labels.size()).isEqualTo(BoundedLabels.MAX);
        assertThat(late).isEqualTo(BoundedLabels.MAX);
        assertThat(next).isEqualTo(BoundedLabels.MAX);
        assertThat(labels.value(late)).isEqualTo("other");
        assertThat(labels.value(first)).isEqualTo("device 0");
        assertThat(labels.value(fiftieth)).isEqualTo("device 49");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\u0000", "\u2028", "\u200b", "\ud83d", "other"})
    void whatCannotStandAsALabelIsOther(String text) {
        // When
        int number = labels.numberOf(text);

        // Then
        assertThat(labels.value(number)).isEqualTo("other");
        assertThat(labels.size()).isZero();
    }

    @Test
    void aLongTextIsOther() {
        // When
        int longest = labels.numberOf("x".repeat(64));
        int tooLong = labels.numberOf("x".repeat(65));

        // Then
        assertThat(labels.value(longest)).hasSize(64);
        assertThat(labels.value(tooLong)).isEqualTo("other");
    }

    @Test
    void aQuoteAndLettersOfAnyLanguageAreFine() {
        // When
        int number = labels.numberOf("\"Телефон\" \\ 電話 \ud83d\udcf1");

        // Then
        assertThat(labels.value(number)).isEqualTo("\"Телефон\" \\ 電話 \ud83d\udcf1");
    }

    @Test
    void anAbsentValueIsMissing() {
        // When
        int number = labels.numberOf(null);

        // Then
        assertThat(labels.value(number)).isEqualTo("missing");
    }
}
