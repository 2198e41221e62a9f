package loginstream.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import loginstream.config.reading.InvalidSettingException;
import loginstream.config.reading.Problems;
import loginstream.config.reading.Secret;
import loginstream.config.reading.SettingValues;
import loginstream.kafka.ClientOptions;
import loginstream.login.LoginField;

/**
 * The validated configuration: what {@code application.properties} explains, as values. Nothing after this has to doubt
 * them.
 *
 * @param kafka how to reach the brokers
 * @param topics where records come from and go to
 * @param group id of the consumer group
 * @param routes which form of the route runs
 * @param delivery what is promised of each record
 * @param consumers consumer threads in this process
 * @param instanceId name for static group membership; empty for none
 * @param batchSize most records in one batch
 * @param retry redelivery policy
 * @param filter Simple predicate; blank keeps all
 * @param validation rules that can be set
 * @param maxRecordBytes longest value accepted, in bytes
 * @param pii what becomes of personal data
 * @param console where the web console listens
 * @param sandbox for the embedded broker and its generator
 * @param all every setting by its key, for Camel
 */
public record Settings(
        Kafka kafka,
        Topics topics,
        String group,
        Routes routes,
        DeliveryGuarantee delivery,
        int consumers,
        String instanceId,
        int batchSize,
        Retry retry,
        String filter,
        Validation validation,
        int maxRecordBytes,
        Pii pii,
        Console console,
        Sandbox sandbox,
        Map<String, String> all) {

    private static final Duration HOUR = Duration.ofHours(1);

    /**
     * How to reach the brokers.
     *
     * @param bootstrapServers host:port pairs; empty asks for the sandbox
     * @param clientOptions Kafka's own options for every client, e.g. {@code security.protocol}; may hold passwords
     */
    public record Kafka(String bootstrapServers, Map<String, String> clientOptions) {
        public boolean isSandbox() {
            return bootstrapServers.isEmpty();
        }

        /** The options for a client, brokers included. */
        public Properties clientProperties() {
            Properties properties = new Properties();
            properties.putAll(clientOptions);
            properties.put("bootstrap.servers", bootstrapServers);
            return properties;
        }

        @Override
        public String toString() {
            return "Kafka[bootstrapServers=" + bootstrapServers + ", clientOptions=" + clientOptions.keySet() + "]";
        }
    }

    /** Topic names. */
    public record Topics(String input, String output, String deadLetter) {
        public Topics {
            if (input.equals(output) || input.equals(deadLetter) || output.equals(deadLetter)) {
                throw new InvalidSettingException("loginstream.input.topic, loginstream.output.topic and "
                        + "loginstream.dead-letter.topic must differ: they are " + input + ", " + output + " and "
                        + deadLetter);
            }
        }
    }

    /**
     * Which form of the route runs.
     *
     * @param directory where {@code *.camel.yaml} files are
     */
    public record Routes(Form form, Path directory) {
        /** Java DSL, or YAML with live reload. */
        public enum Form {
            JAVA,
            YAML
        }
    }

    /**
     * Redelivery policy: exponential backoff.
     *
     * @param attempts redeliveries after the first try
     * @param delay before the first of them
     * @param maxDelay longest delay
     * @param multiplier from one delay to the next, 1 or more
     */
    public record Retry(int attempts, Duration delay, Duration maxDelay, double multiplier) {
        public Retry {
            if (maxDelay.compareTo(delay) < 0) {
                throw new InvalidSettingException("loginstream.retry.max-delay=" + maxDelay.toMillis()
                        + "ms cannot be used: it must not be less than loginstream.retry.delay, which is "
                        + delay.toMillis() + "ms");
            }
        }

        /** How long all redeliveries of one record can take. */
        public Duration longest() {
            double next = delay.toMillis();
            double total = 0;
            for (int i = 0; i < attempts; i++) {
                total += Math.min(next, maxDelay.toMillis());
                next *= multiplier;
            }
            return Duration.ofMillis((long) total);
        }
    }

    /**
     * Rules that can be set.
     *
     * @param required fields that must be there
     * @param maxClockSkew how far in the future a timestamp may be
     */
    public record Validation(List<LoginField> required, Duration maxClockSkew) {}

    /**
     * What becomes of {@code ip} and {@code device_id}.
     *
     * @param key of the hash
     */
    public record Pii(Mode mode, Secret key) {
        /** Kept, hashed, or dropped. */
        public enum Mode {
            KEEP,
            HASH,
            DROP
        }

        public Pii {
            if (mode == Mode.HASH && key.isEmpty()) {
                throw new InvalidSettingException("loginstream.pii.key must be set where loginstream.pii=hash");
            }
        }
    }

    /**
     * Where the web console listens, and what it asks for.
     *
     * @param enabled whether there is one
     * @param host address to bind to
     * @param token of requests; may be empty on loopback addresses only
     */
    public record Console(boolean enabled, String host, int port, Secret token) {
        private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

        public Console {
            if (enabled && token.isEmpty() && !LOOPBACK.contains(host)) {
                throw new InvalidSettingException(
                        "loginstream.console.token must be set where loginstream.console.host=" + host
                                + " is reached from elsewhere");
            }
        }

        /** Whether only this machine can reach it. */
        public boolean isLoopback() {
            return LOOPBACK.contains(host);
        }
    }

    /**
     * The sandbox.
     *
     * @param kafkaPort of the embedded broker, on localhost
     * @param rate records a second
     * @param badShare share of records that are bad, 0 to 1
     */
    public record Sandbox(int kafkaPort, double rate, double badShare) {}

    /**
     * Reads the settings of this process.
     *
     * @throws InvalidSettingException if one cannot be used
     */
    public static Settings load() {
        return load(System.getProperties(), System.getenv());
    }

    /**
     * Reads settings from these sources over the defaults.
     *
     * @throws InvalidSettingException with a line for each that cannot be used
     */
    public static Settings load(Properties systemProperties, Map<String, String> environment) {
        Problems problems = new Problems();
        return of(new SettingSources(systemProperties, environment).read(problems), problems);
    }

    /** These settings with the brokers at another place. */
    public Settings withBootstrapServers(String servers) {
        Map<String, String> changed = new TreeMap<>(all);
        changed.put("kafka.bootstrap.servers", servers);
        return of(changed, new Problems());
    }

    private static Settings of(Map<String, String> all, Problems problems) {
        SettingValues values = new SettingValues(all, SettingSources.defaults(), problems);
        Settings settings = new Settings(
                new Kafka(values.text("kafka.bootstrap.servers"), clientOptions(all)),
                values.fitting(v -> new Topics(
                        v.topic("loginstream.input.topic"),
                        v.topic("loginstream.output.topic"),
                        v.topic("loginstream.dead-letter.topic"))),
                values.nonBlank("loginstream.group"),
                new Routes(
                        values.oneOf("loginstream.routes", Routes.Form.class),
                        Path.of(values.nonBlank("loginstream.routes.directory"))),
                values.oneOf("loginstream.delivery", DeliveryGuarantee.class),
                values.integer("loginstream.consumers", 1, 256),
                values.text("loginstream.instance-id"),
                values.integer("loginstream.batch.size", 1, 100_000),
                values.fitting(v -> new Retry(
                        v.integer("loginstream.retry.attempts", 0, 100),
                        v.duration("loginstream.retry.delay", HOUR),
                        v.duration("loginstream.retry.max-delay", HOUR),
                        v.number("loginstream.retry.multiplier", 1, 100))),
                values.text("loginstream.filter"),
                new Validation(
                        values.parsed(
                                "loginstream.validation.required",
                                Settings::fields,
                                "a list of these, separated by commas: " + LoginField.names()),
                        values.duration("loginstream.validation.max-clock-skew", HOUR.multipliedBy(24))),
                values.integer("loginstream.max-record-bytes", 1, 1 << 30),
                values.fitting(
                        v -> new Pii(v.oneOf("loginstream.pii", Pii.Mode.class), v.secret("loginstream.pii.key"))),
                values.fitting(v -> new Console(
                        v.flag("loginstream.console.enabled"),
                        v.nonBlank("loginstream.console.host"),
                        v.integer("loginstream.console.port", 1, 65_535),
                        v.secret("loginstream.console.token"))),
                new Sandbox(
                        values.integer("sandbox.kafka.port", 1, 65_535),
                        values.number("sandbox.rate", 0.1, 100_000),
                        values.number("sandbox.bad-share", 0, 1)),
                Map.copyOf(all));
        ClientOptions.check(settings.kafka().clientOptions(), problems);
        problems.throwIfAny();
        return settings;
    }

    private static Optional<List<LoginField>> fields(String names) {
        List<LoginField> fields = new ArrayList<>();
        for (String name : SettingValues.list(names)) {
            LoginField field = LoginField.named(name);
            if (field == null) {
                return Optional.empty();
            }
            fields.add(field);
        }
        return Optional.of(List.copyOf(fields));
    }

    private static Map<String, String> clientOptions(Map<String, String> all) {
        Map<String, String> options = new LinkedHashMap<>();
        all.forEach((key, value) -> {
            if (key.startsWith(ClientOptions.PREFIX) && !key.equals("kafka.bootstrap.servers")) {
                options.put(key.substring(ClientOptions.PREFIX.length()), value);
            }
        });
        return options;
    }

    /** Without the raw values, among which are secrets. */
    @Override
    public String toString() {
        return "Settings[" + kafka + ", " + topics + ", group=" + group + ", " + routes + ", delivery=" + delivery
                + "]";
    }
}
