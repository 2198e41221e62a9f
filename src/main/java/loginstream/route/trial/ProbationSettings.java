package loginstream.route.trial;

import java.time.Duration;
import loginstream.config.reading.SettingValues;

/**
 * How long failures are held against an edit, whichever ends first.
 *
 * @param records so many have gone through the edited routes; 0 means that edits have no probation
 * @param duration so long they have been live
 */
public record ProbationSettings(int records, Duration duration) {
    private static final int MOST = 1_000_000;
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Reads them. */
    public static ProbationSettings read(SettingValues values) {
        return new ProbationSettings(
                values.integer("loginstream.probation.records", 0, MOST),
                values.duration("loginstream.probation.duration", LONGEST));
    }

    /** Whether edits have a probation. */
    public boolean enabled() {
        return records > 0;
    }
}
