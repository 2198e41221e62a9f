package loginstream.enrichment;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import loginstream.login.Login;
import loginstream.login.LoginField;
import loginstream.login.LoginStep;
import loginstream.login.MemberName;
import loginstream.login.TextSpan;

/**
 * Adds {@code event_time}, the login's timestamp as ISO 8601 in UTC, and {@code processed_time}, now in UTC with
 * milliseconds. A login without a timestamp (where that is not required) gets no {@code event_time}.
 */
public final class LoginEnricher implements LoginStep {
    private static final MemberName EVENT_TIME = MemberName.of("event_time");
    private static final MemberName PROCESSED_TIME = MemberName.of("processed_time");
    private static final DateTimeFormatter SECONDS = withDigits(0);
    private static final DateTimeFormatter MILLISECONDS = withDigits(3);

    private final Clock clock;
    private volatile Formatted lastEvent = new Formatted(Long.MIN_VALUE, null);
    private volatile Formatted now = new Formatted(Long.MIN_VALUE, null);

    /** A time with its JSON text, kept because many logins in a row share it. */
    private record Formatted(long time, byte[] json) {}

    public LoginEnricher(Clock clock) {
        this.clock = clock;
    }

    private static DateTimeFormatter withDigits(int ofSecond) {
        return new DateTimeFormatterBuilder().appendInstant(ofSecond).toFormatter(Locale.ROOT);
    }

    @Override
    public void apply(Login login) {
        apply(login, now(), new TextSpan());
    }

    @Override
    public LoginStep forBatch() {
        byte[] now = now();
        TextSpan span = new TextSpan();
        return login -> apply(login, now, span);
    }

    private void apply(Login login, byte[] processedTime, TextSpan span) {
        CharSequence timestamp = login.members().text(LoginField.TIMESTAMP, span);
        if (timestamp != null) {
            login.append(EVENT_TIME, eventTime(Long.parseLong(timestamp, 0, timestamp.length(), 10)));
        }
        login.append(PROCESSED_TIME, processedTime);
    }

    private byte[] eventTime(long seconds) {
        Formatted last = lastEvent;
        if (last.time() != seconds) {
            last = new Formatted(seconds, json(SECONDS.format(Instant.ofEpochSecond(seconds))));
            lastEvent = last;
        }
        return last.json();
    }

    private byte[] now() {
        long millis = clock.millis();
        Formatted last = now;
        if (last.time() != millis) {
            last = new Formatted(millis, json(MILLISECONDS.format(Instant.ofEpochMilli(millis))));
            now = last;
        }
        return last.json();
    }

    private static byte[] json(String time) {
        return ('"' + time + '"').getBytes(StandardCharsets.US_ASCII);
    }
}
