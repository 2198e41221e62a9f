package loginstream.console;

import java.util.Set;
import loginstream.config.reading.InvalidSettingException;
import loginstream.config.reading.Secret;
import loginstream.config.reading.SettingValues;

/**
 * Where the web console listens, and what it asks for.
 *
 * @param enabled whether there is one
 * @param host address to bind to
 * @param token of requests; may be empty on loopback addresses only
 */
public record ConsoleSettings(boolean enabled, String host, int port, Secret token) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

    public ConsoleSettings {
        if (enabled && token.isEmpty() && !LOOPBACK.contains(host)) {
            throw new InvalidSettingException("loginstream.console.token must be set where loginstream.console.host="
                    + host + " is reached from elsewhere");
        }
    }

    /** Reads them. */
    public static ConsoleSettings read(SettingValues values) {
        return values.fitting(() -> new ConsoleSettings(
                values.flag("loginstream.console.enabled"),
                values.nonBlank("loginstream.console.host"),
                values.integer("loginstream.console.port", 1, 65_535),
                values.secret("loginstream.console.token")));
    }

    /** Whether only this machine can reach it. */
    public boolean isLoopback() {
        return LOOPBACK.contains(host);
    }
}
