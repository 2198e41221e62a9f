package loginstream.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import loginstream.login.Login;
import loginstream.login.LoginField;

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

    /** Counts a login whose members are still there, in a tally; the totals know nothing of it yet. */
    void note(Login login, int[] tally) {
        tally[labels.numberOf(login.members().text(field))]++;
    }

    /** Adds a tally to the totals. */
    void add(int[] tally) {
        for (int i = 0; i < tally.length; i++) {
            if (tally[i] > 0) {
                totals[i].add(tally[i]);
            }
        }
    }

    /** The totals now. */
    CounterSnapshot snapshot(LoginMeter meter) {
        List<CounterDataPointSnapshot> points = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            points.add(point(meter, i));
        }
        points.add(point(meter, BoundedLabels.MAX));
        return new CounterSnapshot(meter.metadata(), points);
    }

    private CounterDataPointSnapshot point(LoginMeter meter, int number) {
        return CounterDataPointSnapshot.builder()
                .labels(Labels.of(meter.label(), labels.value(number)))
                .value(totals[number].sum())
                .build();
    }
}
