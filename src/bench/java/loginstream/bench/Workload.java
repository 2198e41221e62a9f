package loginstream.bench;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import loginstream.generator.LoginGenerator;

/**
 * What a topic is filled with: the generator's logins, or such as try what the cost of a record depends on.
 *
 * @param partitions of the topic, filled in turns
 * @param badShare 0 to 1
 * @param bytes that a login has about; larger ones have one member more
 * @param distinct how many values of each kind there are for the record's key, device type, locale and version; 0 leaves
 *     those of the generator, who has few, and no keys
 */
record Workload(int partitions, double badShare, int bytes, int distinct) {
    static final Workload USUAL = new Workload(1, 0.05, 180, 0);

    private static final long SEED = 20_240_229;
    private static final int USUAL_BYTES = 180;
    private static final int PATTERN = 1 << 20;

    Workload withPartitions(int count) {
        return new Workload(count, badShare, bytes, distinct);
    }

    Workload withBadShare(double share) {
        return new Workload(partitions, share, bytes, distinct);
    }

    Workload withBytes(int each) {
        return new Workload(partitions, badShare, each, distinct);
    }

    Workload withDistinct(int values) {
        return new Workload(partitions, badShare, bytes, values);
    }

    /** A record of it. */
    record Entry(byte[] key, byte[] value) {}

    /** Its records, the same each time but for their timestamps. */
    Supplier<Entry> entries() {
        LoginGenerator logins = new LoginGenerator(SEED, badShare, Clock.systemUTC());
        if (bytes <= USUAL_BYTES && distinct == 0) {
            return () -> new Entry(null, logins.next());
        }
        SplittableRandom random = new SplittableRandom(SEED);
        String letters = random.ints(PATTERN, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return () -> {
            byte[] login = logins.next();
            int number = distinct == 0 ? 0 : random.nextInt(distinct);
            byte[] key = distinct == 0 ? null : Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
            return new Entry(key, login == null ? null : changed(login, number, letters, random));
        };
    }

    private byte[] changed(byte[] login, int number, String letters, SplittableRandom random) {
        String text = new String(login, StandardCharsets.UTF_8);
        if (distinct > 0) {
            text = text.replace("\"device_type\":\"", "\"device_type\":\"" + number + "-")
                    .replace("\"locale\":\"", "\"locale\":\"en-" + number + "-")
                    .replace("\"app_version\":\"", "\"app_version\":\"" + number + ".");
        }
        int room = bytes - text.length() - ",\"note\":\"\"".length();
        if (room > 0 && text.endsWith("}")) {
            int from = random.nextInt(PATTERN - room);
            text = text.substring(0, text.length() - 1) + ",\"note\":\"" + letters.substring(from, from + room) + "\"}";
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
