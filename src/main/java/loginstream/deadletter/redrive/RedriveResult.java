package loginstream.deadletter.redrive;

import java.util.StringJoiner;

/**
 * What has become of the dead letters that a redrive looked at, or what would.
 *
 * @param matched what the filter wanted; the sum of all others, unless the redrive was stopped
 * @param sent to the input topic
 * @param alreadyRedriven by an earlier redrive
 * @param atLimit were sent again as often as is allowed
 * @param notObjects are no JSON objects, so they cannot be edited; or only stand in for a record
 * @param fromElsewhere came from another topic than the input topic
 * @param refused by the brokers, e.g. as too large
 */
public record RedriveResult(
        long matched,
        long sent,
        long alreadyRedriven,
        long atLimit,
        long notObjects,
        long fromElsewhere,
        long refused) {

    /**
     * One line for people.
     *
     * @param verb e.g. {@code redrove}
     */
    public String describe(String verb, RedriveRequest request, String inputTopic) {
        StringJoiner others = new StringJoiner(", ", ": ", "").setEmptyValue("");
        add(others, alreadyRedriven, "already redriven");
        add(others, atLimit, "at the limit of " + request.maxRedrives() + " redrives");
        add(others, notObjects, "not JSON objects");
        add(others, fromElsewhere, "not from " + inputTopic);
        add(others, refused, "refused by the brokers");
        return verb + " " + sent + " of " + matched + (matched == 1 ? " record" : " records") + others;
    }

    private static void add(StringJoiner text, long count, String what) {
        if (count > 0) {
            text.add(count + " " + what);
        }
    }
}
