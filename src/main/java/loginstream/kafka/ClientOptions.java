package loginstream.kafka;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import loginstream.config.reading.Problems;
import loginstream.config.reading.SecretFile;
import loginstream.config.reading.Spelling;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;

/**
 * Kafka's own options, given as {@code kafka.…} for every client: which there are, and whether Kafka and the promises
 * allow a value.
 */
public final class ClientOptions {
    /** What the keys of such options begin with. */
    public static final String PREFIX = "kafka.";

    private static final List<ConfigDef> CLIENTS =
            List.of(ConsumerConfig.configDef(), ProducerConfig.configDef(), AdminClientConfig.configDef());
    private static final Set<String> SECRETS = secrets();
    private static final Set<String> NAMES = names();
    /** Where plug-ins of the clients have options that Kafka does not know: security, providers of values, reporters. */
    private static final Set<String> OF_PLUG_INS = Set.of("sasl.", "ssl.", "config.providers.", "metrics.");

    private ClientOptions() {}

    private static Set<String> names() {
        Set<String> names = new TreeSet<>(ConsumerConfig.configNames());
        names.addAll(ProducerConfig.configNames());
        names.addAll(AdminClientConfig.configNames());
        names.addAll(SECRETS);
        SECRETS.forEach(secret -> names.add(secret + SecretFile.SUFFIX));
        return Set.copyOf(names);
    }

    /** What Kafka calls passwords, private keys and certificates among them, and what makes a login. */
    private static Set<String> secrets() {
        Set<String> secrets = new TreeSet<>(Set.of(SaslLogin.USERNAME, SaslLogin.PASSWORD));
        CLIENTS.forEach(client -> client.configKeys().values().stream()
                .filter(definition -> definition.type == ConfigDef.Type.PASSWORD)
                .forEach(definition -> secrets.add(definition.name)));
        return Set.copyOf(secrets);
    }

    /** Whether the option names a file that holds a secret. */
    static boolean isSecretFile(String name) {
        return name.endsWith(SecretFile.SUFFIX)
                && SECRETS.contains(name.substring(0, name.length() - SecretFile.SUFFIX.length()));
    }

    /** Whether Kafka does not know it. */
    static boolean isOurs(String name) {
        return isSecretFile(name) || name.equals(SaslLogin.USERNAME) || name.equals(SaslLogin.PASSWORD);
    }

    /** The names that Kafka knows, and ours for what makes a login, without the prefix. */
    public static Set<String> known() {
        return NAMES;
    }

    /** Whether it can be an option: it is known, or it may be that of a plug-in. */
    public static boolean isOption(String name) {
        return NAMES.contains(name)
                || OF_PLUG_INS.stream().anyMatch(name::startsWith)
                        && meant(name).isEmpty();
    }

    /** The known name that a misspelt one may be meant for. */
    public static Optional<String> meant(String name) {
        return Spelling.nearest(name, NAMES);
    }

    /** Tells which of the options cannot be used. */
    public static void check(Map<String, String> options, Problems problems) {
        options.forEach((name, value) -> PromisedOptions.refusal(name, value)
                .or(() -> isLookedUp(value, options) ? Optional.empty() : refusalByKafka(name, value))
                .ifPresent(allowed -> problems.add(PREFIX + name, shown(name, value), allowed)));
    }

    /** A provider, e.g. of files, has the value; it is asked when a client is made. */
    private static boolean isLookedUp(String value, Map<String, String> options) {
        return value.contains("${") && options.containsKey("config.providers");
    }

    private static Optional<String> refusalByKafka(String name, String value) {
        return definitions(name)
                .map(definition -> refusal(definition, value))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> refusal(ConfigKey definition, String value) {
        try {
            Object parsed = ConfigDef.parseType(definition.name, value, definition.type);
            if (definition.validator != null) {
                definition.validator.ensureValid(definition.name, parsed);
            }
            return Optional.empty();
        } catch (ConfigException e) {
            return Optional.of(reason(e, definition.name));
        }
    }

    /** Without the beginning, which repeats name and value. */
    private static String reason(ConfigException refusal, String name) {
        String message = refusal.getMessage();
        String beginning = "for configuration " + name + ": ";
        return message.substring(message.contains(beginning) ? message.indexOf(beginning) + beginning.length() : 0);
    }

    /** The value of a setting of any key, or {@code ***} where that is an option that nobody may see. */
    public static String shownSetting(String key, String value) {
        return key.startsWith(PREFIX) ? shown(key.substring(PREFIX.length()), value) : value;
    }

    private static String shown(String name, String value) {
        return SECRETS.contains(name) ? "***" : value;
    }

    private static Stream<ConfigKey> definitions(String name) {
        return CLIENTS.stream().map(client -> client.configKeys().get(name)).filter(definition -> definition != null);
    }
}
