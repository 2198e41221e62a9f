package loginstream.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import loginstream.config.reading.Problems;
import loginstream.kafka.ClientOptions;

/**
 * Where settings come from: {@code application.properties} for the defaults, over it the environment, over that the
 * system properties.
 */
final class SettingSources {
    private static final String FILE = "/application.properties";

    private final Properties systemProperties;
    private final Map<String, String> environment;

    SettingSources(Properties systemProperties, Map<String, String> environment) {
        this.systemProperties = systemProperties;
        this.environment = environment;
    }

    /** Every setting with its default. */
    static Map<String, String> defaults() {
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

    /**
     * All settings with their effective values, sorted by key, the options of Kafka's clients that are given among them.
     *
     * @param problems where keys are told that nobody knows
     */
    Map<String, String> read(Problems problems) {
        Map<String, String> settings = defaults();
        SettingNames names = new SettingNames(settings.keySet());
        systemProperties.stringPropertyNames().stream().sorted().forEach(key -> names.checkKey(key)
                .ifPresent(problems::add));
        environment.keySet().stream().sorted().forEach(name -> names.checkVariable(name)
                .ifPresent(problems::add));

        settings.replaceAll(this::effective);
        for (String option : ClientOptions.known()) {
            String key = ClientOptions.PREFIX + option;
            String value = effective(key, null);
            if (value != null) {
                settings.put(key, value);
            }
        }
        // Those of plug-ins have names that only a system property can spell.
        for (String key : systemProperties.stringPropertyNames()) {
            if (key.startsWith(ClientOptions.PREFIX)) {
                settings.put(key, systemProperties.getProperty(key));
            }
        }
        return settings;
    }

    private String effective(String key, String fallback) {
        String property = systemProperties.getProperty(key);
        return property != null ? property : environment.getOrDefault(SettingNames.variable(key), fallback);
    }
}
