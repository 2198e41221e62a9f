package loginstream.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import loginstream.config.reading.Secret;

/**
 * What a request must show: the token of the settings, or, where none is set, one that is made anew for each run of the
 * process and handed to the console's own page only.
 */
final class ConsoleToken {
    private static final String BEARER = "Bearer ";
    private static final int RANDOM_BYTES = 32;

    private final byte[] token;
    private final boolean configured;

    private ConsoleToken(String token, boolean configured) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.configured = configured;
    }

    static ConsoleToken of(Secret configured) {
        return configured.isEmpty() ? random() : new ConsoleToken(configured.value(), true);
    }

    private static ConsoleToken random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new ConsoleToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), false);
    }

    /** Whether the settings hold it; then only people who know it get in, also to look. */
    boolean isConfigured() {
        return configured;
    }

    /**
     * For the console's own page.
     *
     * @throws IllegalStateException if it is one of the settings, which nobody is told
     */
    String forPage() {
        if (configured) {
            throw new IllegalStateException("the token of the settings is not given away");
        }
        return new String(token, StandardCharsets.UTF_8);
    }

    /** Whether an {@code Authorization} header brings it. Takes as long for a wrong token as for the right one. */
    boolean isIn(String authorizationOrNull) {
        return authorizationOrNull != null
                && authorizationOrNull.regionMatches(true, 0, BEARER, 0, BEARER.length())
                && MessageDigest.isEqual(
                        authorizationOrNull.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8), token);
    }

    @Override
    public String toString() {
        return "***";
    }
}
