package loginstream.replay;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

/**
 * What is to be replayed.
 *
 * @param from records from that time on, by their timestamps
 * @param to and before that
 * @param endless whether that was given as {@code now}: then one that goes on later goes on until then
 * @param output topic for the results; dead letters go to {@code OUTPUT.dlq}
 * @param routes what they are sent through, as far as it is to be told apart
 * @param limit how many records at most
 * @param rate how many records a second at most; 0: as fast as possible
 */
public record ReplayRequest(
        Instant from, Instant to, boolean endless, String output, String routes, long limit, double rate) {

    /** Where dead letters go. */
    public String deadLetters() {
        return deadLetters(output);
    }

    /** Where the dead letters of a replay into that topic go. */
    public static String deadLetters(String output) {
        return output + ".dlq";
    }

    /** What the groups of all replays begin with. */
    public static String groupPrefix(String liveGroup) {
        return liveGroup + "-replay-";
    }

    /** The group that remembers how far it has come: the same for the same request. */
    public String group(String liveGroup, String input) {
        String same = String.join("\n", input, from.toString(), endless ? "now" : to.toString(), output, routes);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(same.getBytes(StandardCharsets.UTF_8));
            return groupPrefix(liveGroup) + HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * What differs from the live pipeline's settings.
     *
     * @param batchSize the live one's; a slow replay has smaller batches, so that none waits for long
     */
    public Map<String, String> settings(String liveGroup, String input, int batchSize) {
        long batch = rate == 0 ? batchSize : Math.max(1, Math.min(batchSize, (long) (rate / 5)));
        return Map.of(
                "loginstream.delivery",
                "exactly-once",
                "loginstream.batch.size",
                Long.toString(batch),
                "loginstream.output.topic",
                output,
                "loginstream.dead-letter.topic",
                deadLetters(),
                "loginstream.group",
                group(liveGroup, input),
                "loginstream.instance-id",
                "");
    }
}
