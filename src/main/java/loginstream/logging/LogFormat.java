package loginstream.logging;

import java.util.Map;
import java.util.Properties;
import loginstream.config.reading.InvalidSettingException;
import loginstream.config.reading.SettingValues;

/** How log lines look. */
public enum LogFormat {
    /** For people, by slf4j-simple, on standard error. */
    TEXT("org.slf4j.simple.SimpleServiceProvider"),
    /**
     * One JSON object a line, by Logback, on standard output. Tests and the benchmark do not have it.
     *
     * @see <a href="https://www.elastic.co/docs/reference/ecs">Elastic Common Schema</a>
     */
    ECS("ch.qos.logback.classic.spi.LogbackServiceProvider");

    private static final String SETTING = "loginstream.log.format";
    private static final String PROVIDER = "slf4j.provider";
    /** SLF4J would tell on standard error what it was told. */
    private static final String VERBOSITY = "slf4j.internal.verbosity";

    private final String provider;

    LogFormat(String provider) {
        this.provider = provider;
    }

    /** Reads it. */
    public static LogFormat read(SettingValues values) {
        return values.fitting(() -> {
            LogFormat format = values.oneOf(SETTING, LogFormat.class);
            if (!format.isThere()) {
                throw new InvalidSettingException(SETTING + "=ecs needs what only the production build has");
            }
            return format;
        });
    }

    /**
     * What is asked for, as far as it is to be had: settings that cannot be used are told of later, in lines that need a
     * format.
     */
    public static LogFormat wanted(Properties systemProperties, Map<String, String> environment) {
        String word = systemProperties.getProperty(SETTING, environment.get("LOGINSTREAM_LOG_FORMAT"));
        return "ecs".equals(word) && ECS.isThere() ? ECS : TEXT;
    }

    private boolean isThere() {
        try {
            Class.forName(provider, false, LogFormat.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Lets this process log like that. Too late once there is a logger. */
    public void choose() {
        System.setProperty(PROVIDER, provider);
        System.setProperty(VERBOSITY, "WARN");
    }

    /** Whether this process logs like that. */
    public boolean isChosen() {
        return provider.equals(System.getProperty(PROVIDER));
    }
}
