package loginstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class TimeConverterTest {
    private final TimeConverter converter =
            new TimeConverter(Clock.fixed(Instant.parse("2026-11-22T10:30:00Z"), ZoneId.of("Europe/Berlin")));

    @ParameterizedTest
    @CsvSource({
        "30s, 2026-11-22T10:29:30Z",
        "15m, 2026-11-22T10:15:00Z",
        "2h, 2026-11-22T08:30:00Z",
        "1d, 2026-11-21T10:30:00Z",
        "2026-11-20, 2026-11-19T23:00:00Z",
        "2026-11-20T08:00, 2026-11-20T07:00:00Z",
        "2026-11-20T08:00:00+03:00, 2026-11-20T05:00:00Z",
        "2026-11-20T08:00:00.5Z, 2026-11-20T08:00:00.500Z"
    })
    void isReadAsPeopleWriteIt(String text, Instant expected) {
        // When // Then
        assertThat(converter.convert(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "15", "15 m", "-1h", "2026-13-01", "12:00"})
    void isRefusedWhereItIsNone(String text) {
        // When // Then
        assertThatThrownBy(() -> converter.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageStartingWith("'" + text + "' is no time: write 15m");
    }
}
