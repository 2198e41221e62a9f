package loginstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import loginstream.fixture.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvalidSettingsTest {
    private static final String TOPIC_RULE = "a topic name has 1 to 249 letters, digits, dots, underscores and dashes";

    static Stream<Arguments> badValues() {
        return Stream.of(
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
    @ValueSource(strings = {"loginstream.grup", "loginstream.input", "sandbox.port", "loginstream."})
    void areKeysThatNobodyKnows(String key) {
        // When
        var loading = assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> TestSettings.with(key, "hidden-value"));

        // Then
        loading.withMessageStartingWith(key + " is no setting of Loginstream")
                .withMessageContaining("loginstream.group")
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("hidden-value", "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOGINSTREAM_GRUP", "LOGINSTREAM_PORTAL", "SANDBOX_KAFKA_HOST", "LOGINSTREAM_"})
    void areEnvironmentNamesThatNobodyKnows(String name) {
        // When
        var loading = assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> Settings.load(new Properties(), Map.of(name, "hidden-value")));

        // Then
        loading.withMessageContaining(name)
                .withMessageContaining("loginstream.group")
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("hidden-value", "\n");
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
                "KAFKA_LISTENERS",
                "PATH"
            })
    void areNotVariablesThatAreMeantForOthers(String name) {
        // When
        var loading = assertThatCode(() -> Settings.load(new Properties(), Map.of(name, "tcp://10.0.0.1:9876")));

        // Then
        loading.doesNotThrowAnyException();
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

    private static Arguments bad(String key, String value, String allowed) {
        return argumentSet(key + "=" + (value.length() > 20 ? "too long" : value), key, value, allowed);
    }
}
