package loginstream.validation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import loginstream.login.LoginMembers.Kind;
import loginstream.login.PlainText;

/** Whole seconds since 1970 as a number or a string of digits, from 2000-01-01 to a little after now. */
final class TimestampRule extends Rule {
    private static final long EARLIEST = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
    private static final int LONGEST = 18;
    /** No such number. */
    private static final long NONE = Long.MIN_VALUE;

    private final Clock clock;
    private final Duration maxClockSkew;
    /** The latest that was allowed when the clock was last read, which it is for each batch, and for what is later. */
    private volatile long latest = Long.MIN_VALUE;

    TimestampRule(Clock clock, Duration maxClockSkew) {
        this.clock = clock;
        this.maxClockSkew = maxClockSkew;
    }

    @Override
    String violation(Kind kind, CharSequence text) {
        long seconds = text == null ? NONE : wholeNumber(text);
        if (seconds == NONE) {
            return "not whole epoch seconds" + (text == null ? "" : ": " + PlainText.quoted(text));
        }
        if (seconds < EARLIEST) {
            return "before 2000-01-01";
        }
        return isInFuture(seconds) ? "in the future" : null;
    }

    private boolean isInFuture(long seconds) {
        if (seconds > latest) {
            lookAtClock();
        }
        return seconds > latest;
    }

    /** To be called now and then, as a clock may be set back. */
    void lookAtClock() {
        latest = (clock.millis() + maxClockSkew.toMillis()) / 1000;
    }

    /** In one pass, as the rule is asked of every record. */
    private static long wholeNumber(CharSequence text) {
        int length = text.length();
        int first = length > 0 && text.charAt(0) == '-' ? 1 : 0;
        if (length == first || length > LONGEST) {
            return NONE;
        }
        long number = 0;
        for (int i = first; i < length; i++) {
            char c = text.charAt(i);
            if (!Ascii.isDigit(c)) {
                return NONE;
            }
            number = 10 * number + c - '0';
        }
        return first == 0 ? number : -number;
    }
}
