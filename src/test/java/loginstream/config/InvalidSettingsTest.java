package loginstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import loginstream.config.reading.InvalidSettingException;
import loginstream.fixture.TestSettings;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvalidSettingsTest {
    private static final String TOPIC_RULE = "a topic name has 1 to 249 letters, digits, dots, underscores and dashes";

    static Stream<Arguments> badValues() {
        return Stream.of(
                bad("kafka.bootstrap.servers", "localhost", "host:port of one or more brokers"),
                bad("kafka.bootstrap.servers", "a:1,b", "host:port of one or more brokers"),
                bad("loginstream.input.topic", "", TOPIC_RULE),
                bad("loginstream.input.topic", "user login", TOPIC_RULE),
                bad("loginstream.output.topic", "..", TOPIC_RULE),
                bad("loginstream.output.topic", "a/b", TOPIC_RULE),
                bad("loginstream.dead-letter.topic", "x".repeat(250), TOPIC_RULE),
                bad("loginstream.group", " ", "it must not be blank"),
                bad("loginstream.routes", "xml", "one of java, yaml"),
                bad("loginstream.routes", "JAVA", "one of java, yaml"),
                bad("loginstream.routes.directory", "", "it must not be blank"),
                bad("loginstream.delivery", "at_least_once", "one of exactly-once, at-least-once"),
                bad("loginstream.consumers", "0", "a whole number from 1 to 256"),
                bad("loginstream.consumers", "257", "a whole number from 1 to 256"),
                bad("loginstream.consumers", "two", "a whole number from 1 to 256"),
                bad("loginstream.consumers", "1.0", "a whole number from 1 to 256"),
                bad("loginstream.probation.records", "-1", "a whole number from 0 to 1000000"),
                bad("loginstream.rehearsal.records", "0", "a whole number from 1 to 10000"),
                bad("loginstream.batch.size", "0", "a whole number from 1 to 100000"),
                bad("loginstream.batch.size", "99999999999", "a whole number from 1 to 100000"),
                bad("loginstream.retry.attempts", "-1", "a whole number from 0 to 100"),
                bad("loginstream.retry.delay", "200", "a duration such as 200ms, 10s, 5m or 1h, at most 3600s"),
                bad("loginstream.retry.delay", "-1s", "a duration such as"),
                bad("loginstream.retry.delay", "61m", "at most 3600s"),
                bad("loginstream.retry.max-delay", "1 s", "a duration such as"),
                bad("loginstream.retry.max-delay", "100ms", "must not be less than loginstream.retry.delay"),
                bad("loginstream.retry.multiplier", "0.5", "a number from 1.0 to 100.0"),
                bad("loginstream.retry.multiplier", "NaN", "a number from 1.0 to 100.0"),
                bad("loginstream.validation.required", "user_id,shoe_size", "user_id, app_version, device_type, ip"),
                bad("loginstream.validation.max-clock-skew", "25h", "at most 86400s"),
                bad("loginstream.max-record-bytes", "1MiB", "a whole number from 1 to 1073741824"),
                bad("loginstream.console.enabled", "yes", "true or false"),
                bad("loginstream.console.host", "0.0.0.0", "loginstream.console.token must be set"),
                bad("loginstream.console.port", "0", "a whole number from 1 to 65535"),
                bad("loginstream.pii", "encrypt", "one of keep, hash, drop"),
                bad("loginstream.pii", "hash", "loginstream.pii.key must be set"),
                bad("sandbox.kafka.port", "65536", "a whole number from 1 to 65535"),
                bad("sandbox.rate", "0", "a number from 0.1 to 100000.0"),
                bad("sandbox.rate", "Infinity", "a number from 0.1 to 100000.0"),
                bad("sandbox.bad-share", "1.1", "a number from 0.0 to 1.0"));
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void areRefusedInOneLineThatNamesKeyValueAndWhatIsAllowed(String key, String value, String allowed) {
        // When
        var loading = assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> TestSettings.with(key, value));

        // Then
        loading.withMessageContaining(key + "=" + value.strip())
                .withMessageContaining(allowed)
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("\n");
    }

    static Stream<Arguments> goodBorders() {
        return Stream.of(
                argumentSet("loginstream.consumers", "loginstream.consumers", "256"),
                argumentSet("loginstream.batch.size", "loginstream.batch.size", "100000"),
                argumentSet("loginstream.retry.attempts", "loginstream.retry.attempts", "100"),
                argumentSet("loginstream.retry.delay", "loginstream.retry.delay", "0ms"),
                argumentSet("loginstream.retry.max-delay", "loginstream.retry.max-delay", "60m"),
                argumentSet("loginstream.retry.multiplier", "loginstream.retry.multiplier", "1"),
                argumentSet("loginstream.max-record-bytes", "loginstream.max-record-bytes", "1"),
                argumentSet("loginstream.input.topic", "loginstream.input.topic", "x".repeat(249)),
                argumentSet("loginstream.validation.required", "loginstream.validation.required", ""),
                argumentSet("blanks around", "loginstream.consumers", " 2 "),
                argumentSet("sandbox.bad-share", "sandbox.bad-share", "0"));
    }

    @ParameterizedTest
    @MethodSource("goodBorders")
    void doNotIncludeTheBorders(String key, String value) {
        // When
        var loading = assertThatCode(() -> TestSettings.with(key, value));

        // Then
        loading.doesNotThrowAnyException();
    }

    @Test
    void areTopicsThatAreTheSame() {
        // When
        var loading = assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> TestSettings.with("loginstream.output.topic", "user-login"));

        // Then
        loading.withMessageContaining("must differ").withMessageContaining("user-login, user-login and");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kafka.request.timeout.ms | 30000 | kafka.delivery.timeout.ms=20000 cannot be used: it must be at least 30100",
                "kafka.delivery.timeout.ms | 100 | kafka.delivery.timeout.ms=100 cannot be used: it must be at least 10100",
                "kafka.session.timeout.ms | 400 | kafka.session.timeout.ms=400 cannot be used: it must be at least 501",
                "kafka.default.api.timeout.ms | 10 | kafka.default.api.timeout.ms=10 cannot be used: it must be at least 5000",
                "kafka.sasl.mechanism | '' | SASL"
            })
    void areClientOptionsThatDoNotFitTheOthers(String key, String value, String problem) {
        // When
        var loading = assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> TestSettings.with(Map.of(key, value, "kafka.security.protocol", "SASL_SSL")));

        // Then
        loading.withMessageContaining(problem);
    }

    static Stream<Arguments> unknownKeys() {
        return Stream.of(
                unknown("loginstream.grup", "did you mean loginstream.group?"),
                unknown("loginstream.input", "known are loginstream.batch.size, "),
                unknown("loginstream.", "known are loginstream.batch.size, "),
                unknown("sandbox.port", "known are loginstream.batch.size, "),
                unknown("sandbox.bad-shar", "did you mean sandbox.bad-share?"),
                unknown("kafka.securty.protocol", "did you mean kafka.security.protocol?"),
                unknown("kafka.bootstrap.server", "did you mean kafka.bootstrap.servers?"),
                unknown("kafka.akcs", "did you mean kafka.acks?"),
                unknown("kafka.ssl.trustore.location", "did you mean kafka.ssl.truststore.location?"),
                unknown("kafka.brokers", "no option of Kafka's clients"),
                unknown("kafka.log.dirs", "no option of Kafka's clients"));
    }

    @ParameterizedTest
    @MethodSource("unknownKeys")
    void areKeysThatNobodyKnows(String key, String hint) {
        // When
        var loading = assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> TestSettings.with(key, "hidden-value"));

        // Then
        loading.withMessageStartingWith(key + " is no ")
                .withMessageContaining(hint)
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("hidden-value", "\n");
    }

    static Stream<Arguments> unknownVariables() {
        return Stream.of(
                unknown("LOGINSTREAM_GRUP", "did you mean LOGINSTREAM_GROUP?"),
                unknown("LOGINSTREAM_PORTAL", "known are loginstream.batch.size, "),
                unknown("LOGINSTREAM_", "known are loginstream.batch.size, "),
                unknown("SANDBOX_KAFKA_PROT", "did you mean SANDBOX_KAFKA_PORT?"),
                unknown("SANDBOX_RATES", "did you mean SANDBOX_RATE?"),
                unknown("KAFKA_BOOTSTRAP_SERVER", "did you mean KAFKA_BOOTSTRAP_SERVERS?"),
                unknown("KAFKA_SECURTY_PROTOCL", "did you mean KAFKA_SECURITY_PROTOCOL?"),
                unknown("KAFKA_SASL_JAAS_CONFG", "did you mean KAFKA_SASL_JAAS_CONFIG?"),
                unknown("KAFKA_ACK", "did you mean KAFKA_ACKS?"));
    }

    @ParameterizedTest
    @MethodSource("unknownVariables")
    void areEnvironmentNamesThatNobodyKnows(String name, String hint) {
        // When
        var loading = assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> Settings.load(new Properties(), Map.of(name, "hidden-value")));

        // Then
        loading.withMessageStartingWith("the environment variable " + name + " is no setting of Loginstream")
                .withMessageContaining(hint)
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("hidden-value", "\n");
    }

    @Test
    void areToldAllAtOnce() {
        // Given
        Properties properties = new Properties();
        properties.setProperty("loginstream.grup", "logins");
        properties.setProperty("loginstream.consumers", "0");
        properties.setProperty("loginstream.retry.max-delay", "soon");
        properties.setProperty("loginstream.retry.delay", "1m");
        properties.setProperty("kafka.acks", "1");

        // When
        var loading = assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> Settings.load(properties, Map.of("KAFKA_LINGER_MS", "abc")));

        // Then: nothing about the default of 10 s, which is less than the delay
        loading.extracting(InvalidSettingException::problems)
                .asInstanceOf(LIST)
                .satisfiesExactly(
                        line -> assertThat(line).asString().startsWith("loginstream.grup is no setting"),
                        line -> assertThat(line).asString().startsWith("kafka.acks=1 cannot be used"),
                        line -> assertThat(line).asString().startsWith("kafka.linger.ms=abc cannot be used"),
                        line -> assertThat(line).asString().startsWith("loginstream.consumers=0 cannot be used"),
                        line -> assertThat(line).asString().startsWith("loginstream.retry.max-delay=soon cannot be"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOGINSTREAM_SERVICE_HOST",
                "LOGINSTREAM_SERVICE_PORT",
                "LOGINSTREAM_SERVICE_PORT_METRICS",
                "LOGINSTREAM_PORT",
                "LOGINSTREAM_PORT_9876_TCP",
                "LOGINSTREAM_PORT_9876_TCP_PROTO",
                "LOGINSTREAM_PORT_9876_TCP_ADDR",
                "SANDBOX_ID",
                "SANDBOX_KAFKA_HOST",
                "KAFKA_HOME",
                "KAFKA_OPTS",
                "KAFKA_HEAP_OPTS",
                "KAFKA_JVM_PERFORMANCE_OPTS",
                "KAFKA_GC_LOG_OPTS",
                "KAFKA_JMX_OPTS",
                "KAFKA_JMX_PORT",
                "KAFKA_LOG4J_OPTS",
                "KAFKA_VERSION",
                "KAFKA_TOPIC",
                "KAFKA_BROKERS",
                "KAFKA_PORT",
                "KAFKA_PORT_9092_TCP",
                "KAFKA_SERVICE_HOST",
                "KAFKA_SERVICE_PORT_TCP_CLIENT",
                "KAFKA_BOOTSTRAP_SERVICE_HOST",
                "KAFKA_CLIENTS_PORT_9092_TCP_ADDR",
                "KAFKA_CLUSTER_ID",
                "KAFKA_CFG_NODE_ID",
                "KAFKA_CREATE_TOPICS",
                "PATH"
            })
    void areNotVariablesThatAreMeantForOthers(String name) {
        // When
        var loading = assertThatCode(() -> Settings.load(new Properties(), Map.of(name, "tcp://10.0.0.1:9876")));

        // Then
        loading.doesNotThrowAnyException();
    }

    /** Images of brokers are configured by these, and a pod or a compose file may give them to all of its containers. */
    @Test
    void areNotTheOptionsOfBrokers() {
        // Given
        SettingNames names = new SettingNames(SettingSources.defaults().keySet());

        // When
        List<String> problems = AbstractKafkaConfig.CONFIG_DEF.names().stream()
                .map(option -> names.checkVariable("KAFKA_" + SettingNames.variable(option)))
                .flatMap(Optional::stream)
                .toList();

        // Then
        assertThat(problems).isEmpty();
    }

    @Test
    void doNotLeadToSecretsBeingShown() {
        // Given
        String secret = "s3cr3t";
        Settings settings = TestSettings.with(Map.of(
                "loginstream.pii",
                "hash",
                "loginstream.pii.key",
                secret,
                "kafka.sasl.jaas.config",
                "required password=\"" + secret + "\";",
                "kafka.ssl.key.password",
                secret));

        // When
        String shown = settings + " " + settings.kafka() + " " + settings.pii() + " "
                + settings.pii().key();

        // Then
        assertThat(shown).doesNotContain(secret).contains("***").contains("sasl.jaas.config");
    }

    private static Arguments unknown(String name, String hint) {
        return argumentSet(name, name, hint);
    }

    private static Arguments bad(String key, String value, String allowed) {
        return argumentSet(key + "=" + (value.length() > 20 ? "too long" : value), key, value, allowed);
    }
}
