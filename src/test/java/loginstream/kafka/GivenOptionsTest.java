package loginstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import loginstream.config.reading.InvalidSettingException;
import loginstream.fixture.TestSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GivenOptionsTest {
    private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

    @TempDir
    private Path folder;

    @AfterEach
    void forgetUrls() {
        System.clearProperty(ALLOWED_URLS);
    }

    @ParameterizedTest
    @CsvSource({
        "PLAIN, org.apache.kafka.common.security.plain.PlainLoginModule",
        "SCRAM-SHA-256, org.apache.kafka.common.security.scram.ScramLoginModule",
        "SCRAM-SHA-512, org.apache.kafka.common.security.scram.ScramLoginModule"
    })
    void makeALineForJaasOfUserAndPassword(String mechanism, String module) {
        // When
        Properties client = client(login(mechanism, "kafka.sasl.password", "a \"b\" \\c"));

        // Then
        assertThat(client)
                .containsEntry("sasl.jaas.config", module + " required username=\"me\" password=\"a \\\"b\\\" \\\\c\";")
                .doesNotContainKeys("sasl.username", "sasl.password");
    }

    @Test
    void readSecretsFromFilesForEachClient() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("password"), "first\r\n");
        KafkaSettings kafka = TestSettings.with(login("PLAIN", "kafka.sasl.password.file", file.toString()))
                .kafka();
        Object first = kafka.clientProperties().get("sasl.jaas.config");

        // When
        Files.writeString(file, "second");

        // Then
        assertThat(first).asString().contains("password=\"first\";");
        assertThat(kafka.clientProperties().get("sasl.jaas.config")).asString().contains("password=\"second\";");
        assertThat(kafka.toString()).doesNotContain("first", "second");
    }

    @Test
    void keepASecretWhileItsFileIsAway() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("password"), "first");
        KafkaSettings kafka = TestSettings.with(login("PLAIN", "kafka.sasl.password.file", file.toString()))
                .kafka();

        // When
        Files.delete(file);

        // Then
        assertThat(kafka.clientProperties().get("sasl.jaas.config")).asString().contains("password=\"first\";");
    }

    @Test
    void askForATokenWhereThatIsTheMechanism() {
        // When
        Properties client = client(Map.of(
                "kafka.security.protocol", "SASL_SSL",
                "kafka.sasl.mechanism", "OAUTHBEARER",
                "kafka.sasl.oauthbearer.token.endpoint.url", "https://tokens.example/token"));

        // Then
        assertThat(client)
                .containsEntry(
                        "sasl.jaas.config",
                        "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;")
                .containsEntry(
                        "sasl.login.callback.handler.class",
                        "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler");
        assertThat(System.getProperty(ALLOWED_URLS)).isEqualTo("https://tokens.example/token");
    }

    static Stream<Arguments> unfit() {
        return Stream.of(
                unfit(
                        "kafka.sasl.username",
                        "me",
                        "kafka.sasl.username and kafka.sasl.password can only be set together"),
                unfit(
                        "kafka.sasl.password",
                        "x",
                        "kafka.sasl.username and kafka.sasl.password can only be set together"),
                unfit(
                        Map.of("kafka.sasl.mechanism", "GSSAPI"),
                        "kafka.sasl.mechanism must be PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512 where kafka.sasl.username"),
                unfit(
                        Map.of("kafka.security.protocol", "SSL"),
                        "kafka.security.protocol must be SASL_SSL (or SASL_PLAINTEXT, where others may read the"
                                + " password) where kafka.sasl.username is set"),
                unfit(
                        Map.of("kafka.sasl.jaas.config", "org.example.Module required;"),
                        "kafka.sasl.username and kafka.sasl.jaas.config cannot both be set"),
                unfit(
                        Map.of("kafka.sasl.password.file", "no-such-file"),
                        "kafka.sasl.password and kafka.sasl.password.file cannot both be set\n"
                                + "kafka.sasl.password.file=no-such-file cannot be used: there is no such file"),
                unfit(
                        "kafka.security.protocol",
                        "SASL_SSL",
                        "kafka.sasl.username and kafka.sasl.password, or kafka.sasl.jaas.config, must be set where"
                                + " kafka.security.protocol=SASL_SSL"),
                argumentSet(
                        "a key store that is not there",
                        Map.of("kafka.security.protocol", "SSL", "kafka.ssl.keystore.location", "/no/such/store"),
                        "kafka.security.protocol=SSL cannot be used with the other options: "),
                argumentSet(
                        "a misspelt one",
                        Map.of("kafka.sasl.pasword.file", "x"),
                        "kafka.sasl.pasword.file is no option of Kafka's clients; did you mean"
                                + " kafka.sasl.password.file?"));
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void endTheStartWhereTheyDoNotFit(Map<String, String> options, String line) {
        // When
        var loading =
                assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> TestSettings.with(options));

        // Then
        loading.withMessageContaining(line);
    }

    private static Arguments unfit(String key, String value, String line) {
        return argumentSet(key, Map.of(key, value), line);
    }

    /** Beside a login that is complete. */
    private static Arguments unfit(Map<String, String> changes, String line) {
        Map<String, String> options = new HashMap<>(login("PLAIN", "kafka.sasl.password", "x"));
        options.putAll(changes);
        return argumentSet(changes.toString(), options, line);
    }

    private static Map<String, String> login(String mechanism, String key, String password) {
        return Map.of(
                "kafka.security.protocol",
                "SASL_SSL",
                "kafka.sasl.mechanism",
                mechanism,
                "kafka.sasl.username",
                "me",
                key,
                password);
    }

    private static Properties client(Map<String, String> options) {
        return TestSettings.with(options).kafka().clientProperties();
    }
}
