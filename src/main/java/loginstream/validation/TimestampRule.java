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
    public String violation(Kind kind, String text) {
        if (text == null || !isWholeNumber(text) || text.length() > LONGEST) {
            return "not whole epoch seconds" + (text == null ? "" : ": " + PlainText.quoted(text));
        }
        long seconds = Long.parseLong(text);
        if (seconds < EARLIEST) {
            return "before 2000-01-01";
        }
        return seconds > (clock.millis() + maxClockSkew.toMillis()) / 1000 ? "in the future" : null;
    }

    private static boolean isWholeNumber(String text) {
        for (int i = text.startsWith("-") ? 1 : 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && !text.equals("-");
    }
}
