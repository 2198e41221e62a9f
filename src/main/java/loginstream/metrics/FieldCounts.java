package loginstream.metrics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import loginstream.login.Login;
import loginstream.login.LoginField;
import loginstream.login.TextSpan;

/** Processed logins by the value of one field. */
final class FieldCounts {
    private final LoginField field;
    private final BoundedLabels labels = new BoundedLabels();
    private final LongAdder[] totals = new LongAdder[BoundedLabels.MAX + 1];

    FieldCounts(LoginField field) {
        this.field = field;
        Arrays.setAll(totals, i -> new LongAdder());
    }

    /** An empty count for the logins of one batch. */
    int[] newTally() {
        return new int[totals.length];
    }

    /**
     * Counts a login in a tally, if its members were read; the totals know nothing of it yet.
     *
     * @param span to read it with
     */
    void note(Login login, TextSpan span, int[] tally) {
        if (login.members() != null) {
            tally[labels.numberOf(login.members().text(field, span))]++;
        }
    }

    /** Adds a tally to the totals. */
    void add(int[] tally) {
        for (int i = 0; i < tally.length; i++) {
            if (tally[i] > 0) {
                totals[i].add(tally[i]);
            }
        }
    }

    /** The field's name in JSON. */
    String name() {
        return field.jsonName();
    }

    /** The totals now, by value. */
    Map<String, Long> byValue() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (int i = 0; i < labels.size(); i++) {
            counts.put(labels.value(i), totals[i].sum());
        }
        // A value may itself be called so.
        counts.merge(labels.value(BoundedLabels.MAX), totals[BoundedLabels.MAX].sum(), Long::sum);
        return counts;
    }
}
