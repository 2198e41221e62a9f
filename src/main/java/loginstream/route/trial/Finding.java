package loginstream.route.trial;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Harm that routes would do.
 *
 * @param step file, line and id of it, or null where it is the whole route
 * @param logins how many are harmed
 * @param of how many that were tried
 * @param example position of one of them, or null
 * @param what would be done to them, in one line
 */
public record Finding(String step, int logins, int of, String example, String what) {

    static Finding notConsumed(int passing) {
        return new Finding(null, passing, passing, null, "no route consumes them any more");
    }

    static Finding slow(long millisEach, long most, int tried) {
        return new Finding(
                null,
                tried,
                tried,
                null,
                "takes " + millisEach + " ms for each; a batch of them has time for " + most + " ms each");
    }

    /** All in one line. */
    public static String list(List<Finding> findings) {
        return findings.stream().map(Finding::toString).collect(Collectors.joining("; "));
    }

    /** In one line. */
    @Override
    public String toString() {
        return (step == null ? "the routes" : step) + ", " + logins + " of " + of + " logins"
                + (example == null ? "" : ", e.g. " + example)
                + ": " + what;
    }
}
