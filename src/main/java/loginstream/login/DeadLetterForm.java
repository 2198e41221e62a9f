package loginstream.login;

import java.util.Locale;

/** How much of a record its dead letter holds. Each form leaves out what the ones before it leave out, too. */
public enum DeadLetterForm {
    /** Everything: the record as it was, and all headers of its failure. */
    WHOLE,
    /** Without the record's timestamp, which a header keeps. */
    WITHOUT_TIMESTAMP,
    /** Without stack trace, and with a short message and reason. */
    WITHOUT_STACKTRACE,
    /** Without the record: only where it is, how large it is, and why it failed. Its key, where that is small. */
    STAND_IN;

    /** As metrics and the log have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether this leaves out what that one leaves out. */
    public boolean leavesOut(DeadLetterForm that) {
        return compareTo(that) >= 0;
    }
}
