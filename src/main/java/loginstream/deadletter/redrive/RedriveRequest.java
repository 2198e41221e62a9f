package loginstream.deadletter.redrive;

import loginstream.deadletter.store.DeadLetterFilter;
import loginstream.login.MemberEdits;

/**
 * What to send again, and how.
 *
 * @param filter which dead letters
 * @param edits what to set in each first
 * @param maxRedrives those that were sent again so often already are left alone
 * @param rate records a second; 0 for as fast as it goes
 */
public record RedriveRequest(DeadLetterFilter filter, MemberEdits edits, int maxRedrives, double rate) {
    public static final int DEFAULT_MAX_REDRIVES = 3;

    public RedriveRequest {
        if (maxRedrives < 1) {
            throw new IllegalArgumentException("the most redrives must be 1 or more, not " + maxRedrives);
        }
        if (!(rate >= 0 && rate <= 1_000_000)) {
            throw new IllegalArgumentException("the rate must be from 0 to 1000000 records a second, not " + rate);
        }
    }

    /** As it comes, as fast as it goes. */
    public static RedriveRequest of(DeadLetterFilter filter) {
        return new RedriveRequest(filter, MemberEdits.none(), DEFAULT_MAX_REDRIVES, 0);
    }
}
