package loginstream.cli;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A time as people write it: {@code 15m} ago, a date, or a date with its time. Dates and times without a zone are of
 * the clock's zone.
 */
final class TimeConverter implements ITypeConverter<Instant> {
    private static final Pattern BACK = Pattern.compile("([0-9]{1,6})(s|m|h|d)");

    private final Clock clock;

    TimeConverter() {
        this(Clock.systemDefaultZone());
    }

    TimeConverter(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Instant convert(String text) {
        Matcher back = BACK.matcher(text);
        if (back.matches()) {
            return clock.instant().minus(duration(Long.parseLong(back.group(1)), back.group(2)));
        }
        ZoneId zone = clock.getZone();
        List<Function<String, Instant>> forms = List.of(
                Instant::parse,
                written -> OffsetDateTime.parse(written).toInstant(),
                written -> LocalDateTime.parse(written).atZone(zone).toInstant(),
                written -> LocalDate.parse(written).atStartOfDay(zone).toInstant());
        for (Function<String, Instant> form : forms) {
            try {
                return form.apply(text);
            } catch (DateTimeException e) {
                // perhaps the next form
            }
        }
        throw new TypeConversionException(
                "'" + text + "' is no time: write 15m, 2h or 1d for so long ago, 2026-11-22, or 2026-11-22T10:30:00Z");
    }

    private static Duration duration(long amount, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
