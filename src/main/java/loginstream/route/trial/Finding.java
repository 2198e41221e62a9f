package loginstream.route.trial;

/**
 * Harm that routes would do.
 *
 * @param step file, line and id of it, or null where it is the whole route
 * @param logins how many are harmed
 * @param of how many that were tried, and pass the running route
 * @param example position of one of them, or null
 * @param what would be done to them, in one line
 */
public record Finding(String step, int logins, int of, String example, String what) {

    static Finding slow(long millisEach, int tried) {
        return new Finding(
                null, tried, tried, null, "takes " + millisEach + " ms for each, longer than a batch of them may take");
    }

    /** In one line. */
    @Override
    public String toString() {
        return (step == null ? "the route" : step) + ", " + logins + " of " + of + " logins that pass now"
                + (example == null ? "" : ", e.g. " + example)
                + ": " + what;
    }
}
