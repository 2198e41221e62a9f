package loginstream.config;

import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import loginstream.config.reading.InvalidSettingException;
import loginstream.config.reading.Problems;
import loginstream.config.reading.SettingValues;
import loginstream.console.ConsoleSettings;
import loginstream.delivery.DeliveryGuarantee;
import loginstream.enrichment.PersonalDataSettings;
import loginstream.generator.SandboxSettings;
import loginstream.kafka.ClientOptions;
import loginstream.kafka.ClientProperties;
import loginstream.kafka.ConsumerSettings;
import loginstream.kafka.KafkaSettings;
import loginstream.kafka.Topics;
import loginstream.logging.LogFormat;
import loginstream.route.RetrySettings;
import loginstream.route.RouteSettings;
import loginstream.route.trial.ProbationSettings;
import loginstream.route.trial.RehearsalSettings;
import loginstream.schema.SchemaSettings;
import loginstream.storage.SinkSettings;
import loginstream.validation.ValidationSettings;

/**
 * The validated configuration: what {@code application.properties} explains, as values. Nothing after this has to doubt
 * them. Each part lies beside what it configures; only here they come together.
 *
 * @param kafka how to reach the brokers
 * @param topics where records come from and go to
 * @param consumer how the input is consumed
 * @param routes which form of the route runs
 * @param rehearsal with what edits of it are rehearsed
 * @param probation how long they are watched when they are live
 * @param delivery what is promised of each record
 * @param retry redelivery policy
 * @param filter Simple predicate; blank keeps all
 * @param validation rules that can be set
 * @param maxRecordBytes longest value accepted, in bytes
 * @param pii what becomes of personal data
 * @param schema formats of the topics, and the registry of their schemas
 * @param sink where this pipeline stores, if it does
 * @param console where the web console listens
 * @param sandbox for the embedded broker and its generator
 * @param log how log lines look
 * @param traces whether traces are sent
 * @param all every setting by its key
 */
public record Settings(
        KafkaSettings kafka,
        Topics topics,
        ConsumerSettings consumer,
        RouteSettings routes,
        RehearsalSettings rehearsal,
        ProbationSettings probation,
        DeliveryGuarantee delivery,
        RetrySettings retry,
        String filter,
        ValidationSettings validation,
        int maxRecordBytes,
        PersonalDataSettings pii,
        SchemaSettings schema,
        SinkSettings sink,
        ConsoleSettings console,
        SandboxSettings sandbox,
        LogFormat log,
        boolean traces,
        Map<String, String> all) {
    private static final String HIDDEN = "***";

    /**
     * Reads the settings of this process.
     *
     * @throws InvalidSettingException with a line for each that cannot be used
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
        Map<String, String> all = new SettingSources(systemProperties, environment).read(problems);
        all.putAll(SinkSettings.changes(all));
        return of(all, problems);
    }

    /** These settings with the brokers at another place. */
    public Settings withBootstrapServers(String servers) {
        return with(Map.of("kafka.bootstrap.servers", servers));
    }

    /**
     * These settings with some changed.
     *
     * @throws InvalidSettingException with a line for each that cannot be used
     */
    public Settings with(Map<String, String> changes) {
        Map<String, String> changed = new TreeMap<>(all);
        changed.putAll(changes);
        return of(changed, new Problems());
    }

    /**
     * The settings of a pipeline that stores what the one with these settings sends.
     *
     * @param sink its name
     * @param changes on top of that
     */
    public Settings storing(String sink, Map<String, String> changes) {
        Map<String, String> changed = new TreeMap<>(all);
        changed.put("loginstream.sink", sink);
        changed.putAll(SinkSettings.changes(changed));
        changed.putAll(changes);
        return of(changed, new Problems());
    }

    /**
     * Settings that only an optional part knows.
     *
     * @throws InvalidSettingException with a line for each that cannot be used
     */
    public <T> T read(Function<SettingValues, T> part) {
        Problems problems = new Problems();
        T read = part.apply(new SettingValues(all, SettingSources.defaults(), problems));
        problems.throwIfAny();
        return read;
    }

    private static Settings of(Map<String, String> all, Problems problems) {
        SettingValues values = new SettingValues(all, SettingSources.defaults(), problems);
        Settings settings = new Settings(
                KafkaSettings.read(values),
                Topics.read(values),
                ConsumerSettings.read(values),
                RouteSettings.read(values),
                RehearsalSettings.read(values),
                ProbationSettings.read(values),
                values.oneOf("loginstream.delivery", DeliveryGuarantee.class),
                RetrySettings.read(values),
                values.text("loginstream.filter"),
                ValidationSettings.read(values),
                values.integer("loginstream.max-record-bytes", 1, 1 << 30),
                PersonalDataSettings.read(values),
                SchemaSettings.read(values),
                SinkSettings.read(values),
                ConsoleSettings.read(values),
                SandboxSettings.read(values),
                LogFormat.read(values),
                values.flag("loginstream.traces.enabled"),
                Map.copyOf(all));
        problems.throwIfAny();
        settings.clients().check(problems);
        problems.throwIfAny();
        return settings;
    }

    /** The options of Kafka's clients. */
    public ClientProperties clients() {
        return new ClientProperties(kafka, consumer, retry.longest());
    }

    /** Every setting by its key, for Camel and for routes, which may refer to them: in the place of a secret is {@code ***}. */
    public Map<String, String> forCamel() {
        Map<String, String> shown = new TreeMap<>(all);
        shown.replaceAll(
                (key, value) -> isSecret(key) && !value.isEmpty() ? HIDDEN : ClientOptions.shownSetting(key, value));
        return shown;
    }

    /** What may be in a file instead. */
    private boolean isSecret(String key) {
        return all.containsKey(key + ".file");
    }

    /** Without the raw values, among which are secrets. */
    @Override
    public String toString() {
        return "Settings[" + kafka + ", " + topics + ", " + consumer + ", " + routes + ", delivery=" + delivery + "]";
    }
}
