package loginstream.validation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import loginstream.login.LoginMembers.Kind;
import loginstream.login.PlainText;

/** Whole seconds since 1970 as a number or a string of digits, from 2000-01-01 to a little after now. */
final class TimestampRule implements Rule {
    private static final long EARLIEST = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
    private static final int LONGEST = 18;

    private final Clock clock;
    private final Duration maxClockSkew;

    TimestampRule(Clock clock, Duration maxClockSkew) {
        this.clock = clock;
        this.maxClockSkew = maxClockSkew;
    }

    @Override
    public String violation(Kind kind, CharSequence text) {
        if (text == null || !isWholeNumber(text) || text.length() > LONGEST) {
            return "not whole epoch seconds" + (text == null ? "" : ": " + PlainText.quoted(text));
        }
        long seconds = Long.parseLong(text, 0, text.length(), 10);
        if (seconds < EARLIEST) {
            return "before 2000-01-01";
        }
        return seconds > (clock.millis() + maxClockSkew.toMillis()) / 1000 ? "in the future" : null;
    }

    private static boolean isWholeNumber(CharSequence text) {
        int first = !text.isEmpty() && text.charAt(0) == '-' ? 1 : 0;
        for (int i = first; i < text.length(); i++) {
            if (!Ascii.isDigit(text.charAt(i))) {
                return false;
            }
        }
        return text.length() > first;
    }
}
