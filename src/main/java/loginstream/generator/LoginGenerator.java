package loginstream.generator;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Makes up logins like those of the real generator, a share of them bad: without device type (the commonest fault by
 * far), with an impossible address, as broken JSON, and now and then a tombstone. Not thread-safe.
 */
public final class LoginGenerator {
    private static final String[] DEVICES = {"android", "iOS"};
    private static final String[] LOCALES = {"RU", "US", "DE", "FR", "IN", "BR", "JP", "GB", "ES", "IT"};
    private static final String[] VERSIONS = {"2.3.0", "2.3.1", "2.2.4", "2.4.0-beta"};

    private final SplittableRandom random;
    private final double badShare;
    private final Clock clock;

    /**
     * @param seed the same seed gives the same logins, but for their timestamps
     * @param badShare 0 to 1
     */
    public LoginGenerator(long seed, double badShare, Clock clock) {
        this.random = new SplittableRandom(seed);
        this.badShare = badShare;
        this.clock = clock;
    }

    /** The next value; null is a tombstone. */
    public byte[] next() {
        if (random.nextDouble() >= badShare) {
            return bytes(login(device(), ip()));
        }
        return switch (random.nextInt(10)) {
            case 0 -> null;
            case 1 -> bytes(login(device(), "999.1.2"));
            case 2 -> truncated(login(device(), ip()));
            default -> bytes(login("", ip()));
        };
    }

    private String login(String device, String ip) {
        return "{\"user_id\":\"" + new UUID(random.nextLong(), random.nextLong())
                + "\",\"app_version\":\"" + pick(VERSIONS)
                + device
                + "\",\"ip\":\"" + ip
                + "\",\"locale\":\"" + pick(LOCALES)
                + "\",\"device_id\":\"" + deviceId()
                + "\",\"timestamp\":" + timestamp()
                + "}";
    }

    private String device() {
        return "\",\"device_type\":\"" + pick(DEVICES);
    }

    private String ip() {
        return (1 + random.nextInt(223)) + "." + random.nextInt(256) + "." + random.nextInt(256) + "."
                + random.nextInt(256);
    }

    private String deviceId() {
        return random.nextInt(4) == 0
                ? new UUID(random.nextLong(), random.nextLong()).toString()
                : String.format("%03d-%02d-%04d", random.nextInt(1000), random.nextInt(100), random.nextInt(10_000));
    }

    /** Sometimes as a string, as it comes in reality. */
    private String timestamp() {
        long seconds = clock.millis() / 1000;
        return random.nextInt(20) == 0 ? "\"" + seconds + "\"" : Long.toString(seconds);
    }

    private String pick(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    private byte[] truncated(String json) {
        return bytes(json.substring(0, 1 + random.nextInt(json.length() - 1)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
