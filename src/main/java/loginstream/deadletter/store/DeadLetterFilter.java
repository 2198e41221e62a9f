package loginstream.deadletter.store;

import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import loginstream.login.Failure;

/**
 * Which dead letters somebody wants. What is null or empty does not matter; all that is given must hold.
 *
 * @param failure of this kind
 * @param reason a part of the reason, whatever its case
 * @param since failed at that time or later
 * @param until failed before that time
 * @param source came from there: {@code topic}, {@code topic-partition} or {@code topic-partition@offset}
 * @param pending whether those that were sent again already are left out
 * @param positions only these, in the dead-letter topic
 */
public record DeadLetterFilter(
        Failure failure,
        String reason,
        Instant since,
        Instant until,
        String source,
        boolean pending,
        Set<RecordPosition> positions) {
    private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9._-]{1,260}(@[0-9]{1,18})?");

    /**
     * Checks what is given.
     *
     * @throws IllegalArgumentException if one cannot be used; the message says why in one line
     */
    public DeadLetterFilter {
        positions = positions == null ? Set.of() : Set.copyOf(positions);
        if (source != null && !SOURCE.matcher(source).matches()) {
            throw new IllegalArgumentException(
                    "'" + source
                            + "' is no source: a topic, or with its partition user-login-2, or with the offset user-login-2@17");
        }
        if (since != null && until != null && !since.isBefore(until)) {
            throw new IllegalArgumentException("nothing can be since " + since + " and until " + until);
        }
    }

    /** Every dead letter. */
    public static DeadLetterFilter all() {
        return new DeadLetterFilter(null, null, null, null, null, false, Set.of());
    }

    /** Only the one at this position. */
    public static DeadLetterFilter at(RecordPosition position) {
        return new DeadLetterFilter(null, null, null, null, null, false, Set.of(position));
    }

    /** Whether a dead letter is wanted. */
    public boolean matches(StoredDeadLetter letter) {
        return (positions.isEmpty() || positions.contains(letter.position()))
                && (failure == null || failure.word().equals(letter.failure()))
                && (since == null || !letter.failedAt().isBefore(since))
                && (until == null || letter.failedAt().isBefore(until))
                && !(pending && letter.redriven())
                && (source == null || cameFrom(letter.source()))
                && (reason == null || containsIgnoringCase(letter.reason(), reason));
    }

    /** A topic may be called like another one's partition, so both readings count. */
    private boolean cameFrom(String position) {
        if (position.equals(source) || position.startsWith(source + "@")) {
            return true;
        }
        return RecordPosition.isOne(position)
                && RecordPosition.parse(position).topic().equals(source);
    }

    private static boolean containsIgnoringCase(String text, String part) {
        for (int at = 0; at <= text.length() - part.length(); at++) {
            if (text.regionMatches(true, at, part, 0, part.length())) {
                return true;
            }
        }
        return false;
    }
}
