package loginstream.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Where settings come from: {@code application.properties} for the defaults, over it the environment, over that the
 * system properties. Keys that nobody knows are refused, so that a misspelt one is not silently without effect.
 */
final class SettingSources {
    private static final String FILE = "/application.properties";
    /** What Kubernetes puts into every container for a service that is called like us. */
    private static final Pattern SERVICE_LINK =
            Pattern.compile("LOGINSTREAM_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_[0-9]+_(TCP|UDP)(_.*)?)?)");

    private final Properties systemProperties;
    private final Map<String, String> environment;

    SettingSources(Properties systemProperties, Map<String, String> environment) {
        this.systemProperties = systemProperties;
        this.environment = environment;
    }

    /** All settings with their effective values, sorted by key. */
    Map<String, String> read() {
        Map<String, String> settings = defaults();
        refuseUnknown(settings.keySet());
        settings.replaceAll(this::effective);
        for (String option : clientOptions()) {
            String value = effective("kafka." + option, null);
            if (value != null) {
                settings.put("kafka." + option, value);
            }
        }
        return settings;
    }

    private static Map<String, String> defaults() {
        Properties file = new Properties();
        try (InputStream stream = SettingSources.class.getResourceAsStream(FILE);
                Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            file.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> defaults = new TreeMap<>();
        file.forEach((key, value) -> defaults.put((String) key, (String) value));
        return defaults;
    }

    private String effective(String key, String fallback) {
        String property = systemProperties.getProperty(key);
        return property != null ? property : environment.getOrDefault(environmentName(key), fallback);
    }

    /** Upper case, with an underscore for every dot and dash. */
    static String environmentName(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private void refuseUnknown(Set<String> known) {
        for (String key : new TreeSet<>(systemProperties.stringPropertyNames())) {
            if (isOurs(key) && !known.contains(key)) {
                throw new InvalidSettingException(key + " is no setting of Loginstream; known are " + ours(known));
            }
        }
        Set<String> knownNames = new HashSet<>();
        known.forEach(key -> knownNames.add(environmentName(key)));
        for (String name : new TreeSet<>(environment.keySet())) {
            boolean ours = name.startsWith("LOGINSTREAM_") || name.startsWith("SANDBOX_KAFKA_");
            if (ours
                    && !knownNames.contains(name)
                    && !SERVICE_LINK.matcher(name).matches()) {
                throw new InvalidSettingException(
                        "the environment variable " + name + " is no setting of Loginstream; known are " + ours(known));
            }
        }
    }

    private static boolean isOurs(String key) {
        return key.startsWith("loginstream.") || key.startsWith("sandbox.");
    }

    private static String ours(Set<String> known) {
        return String.join(", ", known.stream().filter(SettingSources::isOurs).toList());
    }

    /** The names of Kafka's own client options; other KAFKA_* variables, and there are many, are not for us. */
    private static Set<String> clientOptions() {
        Set<String> options = new TreeSet<>(ConsumerConfig.configNames());
        options.addAll(ProducerConfig.configNames());
        options.addAll(AdminClientConfig.configNames());
        return options;
    }
}
