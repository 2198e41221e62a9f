package loginstream.metrics;

import loginstream.login.DeadLetterForm;
import loginstream.login.Failure;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import loginstream.login.TextSpan;

/**
 * What there is to count of one batch: taken while its logins can still be read, and added to the totals only if it
 * commits. The one place of the metrics where something is done for every record, so it is additions to plain arrays and
 * no more.
 */
final class BatchTally {
    final int size;
    final int processed;
    final int deadLettered;
    /** Logins that the route has neither sent nor dropped on purpose. */
    final int forgotten;
    /** Dead letters, each kind at its ordinal. */
    final int[] byFailure = new int[Failure.values().length];
    /** Dead letters, each form at its ordinal. */
    final int[] byForm = new int[DeadLetterForm.values().length];
    /** Processed logins by the values of each field. */
    final int[][] byField;
    /** When the records were made, in milliseconds since 1970; of those that say so. */
    final long[] timestamps;

    final int timed;

    /**
     * @param batch with all that its way through the route has made of it
     */
    BatchTally(LoginBatch batch, FieldCounts... fields) {
        size = batch.size();
        timestamps = new long[size];
        byField = new int[fields.length][];
        for (int i = 0; i < byField.length; i++) {
            byField[i] = fields[i].newTally();
        }
        TextSpan span = new TextSpan();
        int good = 0;
        int bad = 0;
        int open = 0;
        int withTime = 0;
        for (Login login : batch) {
            long timestamp = login.source().timestamp();
            if (timestamp >= 0) {
                timestamps[withTime++] = timestamp;
            }
            switch (login.state()) {
                case PROCESSED -> {
                    good++;
                    for (int i = 0; i < byField.length; i++) {
                        fields[i].note(login, span, byField[i]);
                    }
                }
                case DEAD_LETTERED -> {
                    bad++;
                    byFailure[login.rejection().failure().ordinal()]++;
                    byForm[login.deadLetterForm().ordinal()]++;
                }
                case OPEN -> open++;
                default -> {}
            }
        }
        processed = good;
        deadLettered = bad;
        forgotten = open;
        timed = withTime;
    }
}
