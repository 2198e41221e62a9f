package loginstream.config;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import loginstream.config.reading.Spelling;
import loginstream.kafka.ClientOptions;

/**
 * Which keys and environment variables are settings. What is meant for us but nobody knows is refused, so that a misspelt
 * one is not silently without effect.
 *
 * <p>Every {@code loginstream.…}, {@code sandbox.…} and {@code kafka.…} system property is meant for us, and so is every
 * {@code LOGINSTREAM_…} variable. Of {@code SANDBOX_…} and {@code KAFKA_…}, which others use too, only what is known, or
 * is spelt nearly like it: {@code KAFKA_SECURTY_PROTOCOL} is refused, {@code KAFKA_HEAP_OPTS} and the broker's
 * {@code KAFKA_LOG_DIRS} are not.
 */
final class SettingNames {
    /** What Kubernetes puts into every container for each service of the namespace, whatever that is called. */
    private static final Pattern SERVICE_LINK =
            Pattern.compile("[A-Z0-9_]+_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_[0-9]+_(TCP|UDP|SCTP)(_.*)?)?)");

    private static final String OURS_ONLY = "LOGINSTREAM_";
    private static final List<String> SHARED = List.of("SANDBOX_", "KAFKA_");

    private final List<String> settings;
    private final List<String> variables;

    /**
     * @param keys of all settings
     */
    SettingNames(Collection<String> keys) {
        this.settings = keys.stream().filter(SettingNames::isOurs).toList();
        this.variables = Stream.concat(
                        keys.stream(), ClientOptions.known().stream().map(ClientOptions.PREFIX::concat))
                .map(SettingNames::variable)
                .distinct()
                .toList();
    }

    /** The environment variable of a key: upper case, with an underscore for every dot and dash. */
    static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static boolean isOurs(String key) {
        return key.startsWith("loginstream.") || key.startsWith("sandbox.");
    }

    /** What is wrong with the name of a system property. */
    Optional<String> checkKey(String key) {
        if (key.startsWith(ClientOptions.PREFIX)) {
            String option = key.substring(ClientOptions.PREFIX.length());
            return ClientOptions.isOption(option)
                    ? Optional.empty()
                    : Optional.of(key + " is no option of Kafka's clients"
                            + didYouMean(ClientOptions.meant(option).map(ClientOptions.PREFIX::concat), () -> ""));
        }
        return isOurs(key) && !settings.contains(key)
                ? Optional.of(key + " is no setting of Loginstream"
                        + didYouMean(Spelling.nearest(key, settings), this::known))
                : Optional.empty();
    }

    /** What is wrong with the name of an environment variable. */
    Optional<String> checkVariable(String name) {
        if (variables.contains(name) || SERVICE_LINK.matcher(name).matches()) {
            return Optional.empty();
        }
        String wrong = "the environment variable " + name + " is no setting of Loginstream";
        if (name.startsWith(OURS_ONLY)) {
            return Optional.of(wrong + didYouMean(meant(name, OURS_ONLY), this::known));
        }
        return SHARED.stream()
                .filter(name::startsWith)
                .findFirst()
                .flatMap(prefix -> meant(name, prefix))
                .map(meant -> wrong + didYouMean(Optional.of(meant), () -> ""));
    }

    /** Compared without the prefix: what others share with us makes nothing more like. */
    private Optional<String> meant(String name, String prefix) {
        Function<String, String> rest = text -> text.substring(prefix.length());
        return Spelling.nearest(
                        rest.apply(name),
                        variables.stream()
                                .filter(known -> known.startsWith(prefix))
                                .map(rest)
                                .toList())
                .map(prefix::concat);
    }

    private String known() {
        return "; known are " + String.join(", ", settings);
    }

    private static String didYouMean(Optional<String> meant, Supplier<String> otherwise) {
        return meant.map(name -> "; did you mean " + name + "?").orElseGet(otherwise);
    }
}
