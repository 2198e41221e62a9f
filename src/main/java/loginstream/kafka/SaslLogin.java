package loginstream.kafka;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import loginstream.config.reading.Problems;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;

/** What Kafka wants as a line for JAAS, made of what people have: a user name and a password, or where to get a token. */
final class SaslLogin {
    static final String USERNAME = "sasl.username";
    static final String PASSWORD = "sasl.password";

    /** The addresses that tokens may be asked from; Kafka refuses all others, so that no option of a stranger names one. */
    private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

    private static final Map<String, String> MODULES = Map.of(
            "PLAIN", PlainLoginModule.class.getName(),
            "SCRAM-SHA-256", ScramLoginModule.class.getName(),
            "SCRAM-SHA-512", ScramLoginModule.class.getName());

    private SaslLogin() {}

    /**
     * Tells what does not fit.
     *
     * @param given the names of all options that are given, those of secrets without {@code .file}
     * @param options those whose values are known
     */
    static void check(Set<String> given, Map<String, String> options, Problems problems) {
        String user = ClientOptions.PREFIX + USERNAME;
        if (given.contains(USERNAME) != given.contains(PASSWORD)) {
            problems.add(user + " and " + ClientOptions.PREFIX + PASSWORD + " can only be set together");
        }
        if (!given.contains(USERNAME)) {
            return;
        }
        if (given.contains(SaslConfigs.SASL_JAAS_CONFIG)) {
            problems.add(user + " and " + ClientOptions.PREFIX + SaslConfigs.SASL_JAAS_CONFIG + " cannot both be set");
        }
        if (!MODULES.containsKey(options.getOrDefault(SaslConfigs.SASL_MECHANISM, ""))) {
            problems.add(ClientOptions.PREFIX + SaslConfigs.SASL_MECHANISM + " must be PLAIN, SCRAM-SHA-256 or"
                    + " SCRAM-SHA-512 where " + user + " is set");
        }
        if (!isSasl(options)) {
            problems.add(ClientOptions.PREFIX + CommonClientConfigs.SECURITY_PROTOCOL_CONFIG
                    + " must be SASL_SSL (or SASL_PLAINTEXT, where others may read the password) where " + user
                    + " is set");
        }
    }

    private static boolean isSasl(Map<String, String> options) {
        return options.getOrDefault(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "")
                .toUpperCase(Locale.ROOT)
                .startsWith("SASL_");
    }

    /** Puts what Kafka knows in the place of what people have. */
    static void translate(Map<String, String> options) {
        Optional<String> user = Optional.ofNullable(options.remove(USERNAME));
        Optional<String> password = Optional.ofNullable(options.remove(PASSWORD));
        String mechanism = options.getOrDefault(SaslConfigs.SASL_MECHANISM, "");
        if (user.isPresent() && password.isPresent() && MODULES.containsKey(mechanism)) {
            options.put(
                    SaslConfigs.SASL_JAAS_CONFIG,
                    MODULES.get(mechanism) + " required username=" + quoted(user.get()) + " password="
                            + quoted(password.get()) + ";");
        }
        if (mechanism.equals(OAuthBearerLoginModule.OAUTHBEARER_MECHANISM)) {
            askForToken(options);
        }
    }

    private static void askForToken(Map<String, String> options) {
        options.putIfAbsent(SaslConfigs.SASL_JAAS_CONFIG, OAuthBearerLoginModule.class.getName() + " required;");
        String url = options.get(SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL);
        if (url != null) {
            options.putIfAbsent(
                    SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS, OAuthBearerLoginCallbackHandler.class.getName());
            if (System.getProperty(ALLOWED_URLS) == null) {
                System.setProperty(ALLOWED_URLS, url);
            }
        }
    }

    /** As JAAS reads it. */
    private static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + '"';
    }
}
