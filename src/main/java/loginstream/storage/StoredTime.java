package loginstream.storage;

import java.time.DateTimeException;
import java.time.Instant;

/**
 * A time of a login.
 *
 * @param text in ISO-8601, as it was written
 */
public record StoredTime(String text, Instant instant) {

    /** Reads times of one member: those of logins that follow each other are the same more often than not. For any thread. */
    static final class Reader {
        private final String member;
        private StoredTime last; // of whichever thread

        Reader(String member) {
            this.member = member;
        }

        /**
         * Reads one.
         *
         * @throws RefusedRowException if it is none, with the name of the member
         */
        StoredTime read(String text) throws RefusedRowException {
            StoredTime before = last;
            if (before != null && before.text.equals(text)) {
                return before;
            }
            try {
                StoredTime time = new StoredTime(text, Instant.parse(text));
                last = time;
                return time;
            } catch (DateTimeException e) {
                throw new RefusedRowException(member + ": not a time in ISO-8601");
            }
        }
    }
}
