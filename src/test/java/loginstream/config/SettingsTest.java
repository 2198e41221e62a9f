package loginstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import loginstream.config.reading.Secret;
import loginstream.delivery.DeliveryGuarantee;
import loginstream.enrichment.PersonalDataSettings;
import loginstream.fixture.Secrets;
import loginstream.fixture.TestSettings;
import loginstream.generator.SandboxSettings;
import loginstream.kafka.Topics;
import loginstream.logging.LogFormat;
import loginstream.login.LoginField;
import loginstream.route.RetrySettings;
import loginstream.route.RouteSettings;
import loginstream.schema.Format;
import loginstream.validation.ValidationSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {
    private static final String SECRET_FILE = secretFile();

    private static String secretFile() {
        try {
            Path file = Files.createTempFile("secret", "");
            file.toFile().deleteOnExit();
            return Files.writeString(file, "in a file\n").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every setting with a value that is not its default, and where it is found. */
    static Stream<Arguments> everySetting() {
        return Stream.of(
                setting("kafka.bootstrap.servers", "a:1,b:2", s -> s.kafka().bootstrapServers(), "a:1,b:2"),
                setting("loginstream.input.topic", "in", s -> s.topics().input(), "in"),
                setting("loginstream.output.topic", "out.1", s -> s.topics().output(), "out.1"),
                setting(
                        "loginstream.dead-letter.topic",
                        "bad_1-x",
                        s -> s.topics().deadLetter(),
                        "bad_1-x"),
                setting("loginstream.group", "g", s -> s.consumer().group(), "g"),
                setting("loginstream.routes", "yaml", s -> s.routes().form(), RouteSettings.Form.YAML),
                setting("loginstream.routes.directory", "my/r", s -> s.routes().directory(), Path.of("my/r")),
                setting(
                        "loginstream.routes.allowed",
                        "kafka, simple,",
                        s -> s.routes().allowed(),
                        List.of("kafka", "simple")),
                setting(
                        "loginstream.rehearsal.enabled",
                        "false",
                        s -> s.rehearsal().enabled(),
                        false),
                setting(
                        "loginstream.rehearsal.records",
                        "50",
                        s -> s.rehearsal().records(),
                        50),
                setting("loginstream.probation.records", "0", s -> s.probation().records(), 0),
                setting(
                        "loginstream.probation.duration",
                        "5s",
                        s -> s.probation().duration(),
                        Duration.ofSeconds(5)),
                setting("loginstream.delivery", "at-least-once", Settings::delivery, DeliveryGuarantee.AT_LEAST_ONCE),
                setting("loginstream.consumers", "7", s -> s.consumer().count(), 7),
                setting("loginstream.log.format", "ecs", Settings::log, LogFormat.ECS),
                setting("loginstream.traces.enabled", "true", Settings::traces, true),
                setting("loginstream.instance-id", "pod-1", s -> s.consumer().instanceId(), "pod-1"),
                setting("loginstream.batch.size", "77", s -> s.consumer().batchSize(), 77),
                setting("loginstream.retry.attempts", "0", s -> s.retry().attempts(), 0),
                setting("loginstream.retry.delay", "1s", s -> s.retry().delay(), Duration.ofSeconds(1)),
                setting("loginstream.retry.max-delay", "2m", s -> s.retry().maxDelay(), Duration.ofMinutes(2)),
                setting("loginstream.retry.multiplier", "1.5", s -> s.retry().multiplier(), 1.5),
                setting("loginstream.filter", "${body[locale]} == 'RU'", Settings::filter, "${body[locale]} == 'RU'"),
                setting(
                        "loginstream.validation.required",
                        " ip , user_id,",
                        s -> s.validation().required(),
                        List.of(LoginField.IP, LoginField.USER_ID)),
                setting(
                        "loginstream.validation.max-clock-skew",
                        "1h",
                        s -> s.validation().maxClockSkew(),
                        Duration.ofHours(1)),
                setting("loginstream.max-record-bytes", "1000", Settings::maxRecordBytes, 1000),
                setting("loginstream.pii", "drop", s -> s.pii().mode(), PersonalDataSettings.Mode.DROP),
                setting("loginstream.console.enabled", "false", s -> s.console().enabled(), false),
                setting(
                        "loginstream.console.host",
                        "localhost",
                        s -> s.console().host(),
                        "localhost"),
                setting("loginstream.console.port", "8081", s -> s.console().port(), 8081),
                setting("loginstream.console.token", "t", s -> s.console().token(), new Secret("t")),
                setting(
                        "loginstream.console.token.file",
                        SECRET_FILE,
                        s -> s.console().token(),
                        new Secret("in a file")),
                setting(
                        "loginstream.pii.fields",
                        "user_id, geo.city",
                        s -> s.pii().fields(),
                        List.of("user_id", "geo.city")),
                setting("loginstream.pii.key-id", "k-2", s -> s.pii().keyId(), "k-2"),
                setting("loginstream.pii.key", "k", s -> s.pii().key(), new Secret("k")),
                setting("loginstream.pii.key.file", SECRET_FILE, s -> s.pii().key(), new Secret("in a file")),
                setting("loginstream.input.format", "avro", s -> s.schema().input(), Format.AVRO),
                setting(
                        "loginstream.output.format",
                        "json-schema",
                        s -> s.schema().output(),
                        Format.JSON_SCHEMA),
                setting(
                        "loginstream.schema.registry.url",
                        "https://a:1, http://b/apis/ccompat/v7",
                        s -> s.schema().registries(),
                        List.of(URI.create("https://a:1"), URI.create("http://b/apis/ccompat/v7"))),
                setting(
                        "loginstream.schema.registry.username",
                        "u",
                        s -> s.schema().username(),
                        "u"),
                setting(
                        "loginstream.schema.registry.password",
                        "p",
                        s -> s.schema().password(),
                        new Secret("p")),
                setting(
                        "loginstream.schema.registry.password.file",
                        SECRET_FILE,
                        s -> s.schema().password(),
                        new Secret("in a file")),
                setting("loginstream.schema.register", "false", s -> s.schema().register(), false),
                setting("loginstream.sink", "postgres", s -> s.sink().name(), "postgres"),
                setting("sandbox.kafka.port", "1092", s -> s.sandbox().kafkaPort(), 1092),
                setting("sandbox.rate", "0.5", s -> s.sandbox().rate(), 0.5),
                setting("sandbox.bad-share", "1", s -> s.sandbox().badShare(), 1.0),
                setting("sandbox.stores", "false", s -> s.sandbox().stores(), false),
                forCamel("camel.management.enabled", "false"),
                forCamel("camel.management.host", "127.0.0.1"),
                forCamel("camel.management.port", "9999"),
                forCamel("camel.management.health-check-enabled", "false"),
                forCamel("camel.management.health-path", "/health"),
                forCamel("camel.management.metrics-enabled", "false"),
                forCamel("camel.metrics.enabled", "false"),
                forCamel("camel.health.exposure-level", "oneline"),
                forCamel("camel.health.consumers-enabled", "true"),
                forCamel("camel.health.routes-enabled", "true"));
    }

    @ParameterizedTest
    @MethodSource("everySetting")
    void comesFromASystemProperty(String key, String value, Function<Settings, Object> found, Object expected) {
        // Given
        Properties properties = new Properties();
        properties.setProperty(key, value);

        // When
        Settings settings = Settings.load(properties, Map.of());

        // Then
        assertThat(found.apply(settings)).isEqualTo(expected).isNotEqualTo(found.apply(TestSettings.defaults()));
        assertThat(settings.all()).containsEntry(key, value);
    }

    @ParameterizedTest
    @MethodSource("everySetting")
    void comesFromTheEnvironment(String key, String value, Function<Settings, Object> found, Object expected) {
        // Given
        String name = key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");

        // When
        Settings settings = Settings.load(new Properties(), Map.of(name, value));

        // Then
        assertThat(found.apply(settings)).isEqualTo(expected).isNotEqualTo(found.apply(TestSettings.defaults()));
        assertThat(settings.all()).containsEntry(key, value);
    }

    @Test
    void areAllInTheTableAbove() {
        // Given
        Set<Object> tested = new HashSet<>();
        everySetting().forEach(row -> tested.add(row.get()[0]));

        // When
        Set<String> all = TestSettings.defaults().all().keySet();

        // Then
        assertThat(all)
                .filteredOn(key -> !key.startsWith("loginstream.sink.")) // each sink tests its own
                .containsExactlyInAnyOrderElementsOf(
                        tested.stream().map(String::valueOf).toList());
    }

    @Test
    void haveTheDefaultsThatOthersDependOn() {
        // When
        Settings settings = TestSettings.defaults();

        // Then
        assertThat(settings.kafka().isSandbox()).isTrue();
        assertThat(settings.topics()).isEqualTo(new Topics("user-login", "processed-data", "user-login.dlq"));
        assertThat(settings.consumer().group()).isEqualTo("loginstream");
        assertThat(settings.routes())
                .isEqualTo(new RouteSettings(RouteSettings.Form.JAVA, Path.of("routes"), List.of()));
        assertThat(settings.delivery()).isEqualTo(DeliveryGuarantee.EXACTLY_ONCE);
        assertThat(settings.consumer().count()).isEqualTo(1);
        assertThat(settings.consumer().instanceId()).isEmpty();
        assertThat(settings.retry()).isEqualTo(new RetrySettings(3, Duration.ofMillis(200), Duration.ofSeconds(10), 2));
        assertThat(settings.filter()).isEmpty();
        assertThat(settings.validation()).isEqualTo(new ValidationSettings(LoginField.all(), Duration.ofMinutes(5)));
        assertThat(settings.maxRecordBytes()).isEqualTo(1_048_576);
        assertThat(settings.pii())
                .isEqualTo(new PersonalDataSettings(
                        PersonalDataSettings.Mode.KEEP, List.of("ip", "device_id"), new Secret(""), ""));
        assertThat(settings.sandbox()).isEqualTo(new SandboxSettings(29_092, 10, 0.05, true));
        assertThat(settings.all()).containsEntry("camel.management.port", "9876");
    }

    @Test
    void preferASystemPropertyToTheEnvironment() {
        // Given
        Properties properties = new Properties();
        properties.setProperty("loginstream.group", "property");

        // When
        Settings settings = Settings.load(properties, Map.of("LOGINSTREAM_GROUP", "environment"));

        // Then
        assertThat(settings.consumer().group()).isEqualTo("property");
    }

    @Test
    void passOnTheOptionsOfKafkasClients() {
        // Given
        Properties properties = new Properties();
        properties.setProperty("kafka.security.protocol", "SSL");
        Map<String, String> environment = Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                "a:1",
                "KAFKA_SSL_PROTOCOL",
                "TLSv1.3",
                "KAFKA_SSL_KEY_PASSWORD",
                "p",
                "KAFKA_HOME",
                "/opt/kafka",
                "KAFKA_PORT_9092_TCP",
                "tcp://10.0.0.1:9092");

        // When
        Properties client = Settings.load(properties, environment).kafka().clientProperties();

        // Then
        assertThat(client)
                .isEqualTo(Map.of(
                        "bootstrap.servers", "a:1",
                        "security.protocol", "SSL",
                        "ssl.protocol", "TLSv1.3",
                        "ssl.key.password", "p"));
    }

    @Test
    void moveToOtherBrokersWithEverythingElse() {
        // Given
        Settings settings = TestSettings.with("loginstream.group", "g");

        // When
        Settings moved = settings.withBootstrapServers("localhost:29092");

        // Then
        assertThat(moved.kafka().bootstrapServers()).isEqualTo("localhost:29092");
        assertThat(moved.kafka().isSandbox()).isFalse();
        assertThat(moved.consumer().group()).isEqualTo("g");
        assertThat(moved.all()).containsEntry("kafka.bootstrap.servers", "localhost:29092");
    }

    static Stream<Arguments> retries() {
        return Stream.of(
                argumentSet("doubling", "3", "200ms", "10s", "2", Duration.ofMillis(1400)),
                argumentSet("up to the longest delay", "4", "1s", "3s", "2", Duration.ofSeconds(9)),
                argumentSet("always the same", "3", "1s", "1s", "1", Duration.ofSeconds(3)),
                argumentSet("none", "0", "1s", "1s", "1", Duration.ZERO));
    }

    @ParameterizedTest
    @MethodSource("retries")
    void tellHowLongAllRetriesCanTake(
            String attempts, String delay, String maxDelay, String multiplier, Duration expected) {
        // Given
        Settings settings = TestSettings.with(Map.of(
                "loginstream.retry.attempts", attempts,
                "loginstream.retry.delay", delay,
                "loginstream.retry.max-delay", maxDelay,
                "loginstream.retry.multiplier", multiplier));

        // When
        Duration longest = settings.retry().longest();

        // Then
        assertThat(longest).isEqualTo(expected);
    }

    private static Arguments setting(String key, String value, Function<Settings, Object> found, Object expected) {
        return argumentSet(key, key, value, found, expected);
    }

    private static Arguments forCamel(String key, String value) {
        return setting(key, value, settings -> settings.all().get(key), value);
    }

    @Test
    void routesCannotReferToSecrets() {
        // When
        Map<String, String> forCamel = TestSettings.with(Secrets.settings()).forCamel();

        // Then
        assertThat(forCamel.values()).doesNotContainAnyElementsOf(Secrets.all());
        assertThat(forCamel)
                .containsEntry("loginstream.pii.key", "***")
                .containsEntry("kafka.sasl.password", "***")
                .containsEntry("loginstream.input.topic", "user-login");
    }
}
