package loginstream;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import loginstream.config.Settings;
import loginstream.fixture.Authority;
import loginstream.fixture.Health;
import loginstream.fixture.NumberedLogins;
import loginstream.fixture.PipelineProcess;
import loginstream.fixture.SecuredBroker;
import loginstream.fixture.TestTopics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Brokers that let nobody in who does not prove who he is. */
class SecuredClusterIT {
    private static final int COUNT = 2_000;

    private static SecuredBroker broker;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        broker = new SecuredBroker();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private interface Access {
        List<String> options(SecuredClusterIT test) throws IOException;
    }

    static Stream<Arguments> ways() {
        return Stream.of(
                argumentSet("PLAIN", (Access) test -> test.login("PLAIN")),
                argumentSet("SCRAM-SHA-256", (Access) test -> test.login("SCRAM-SHA-256")),
                argumentSet("SCRAM-SHA-512", (Access) test -> test.login("SCRAM-SHA-512")),
                argumentSet("OAUTHBEARER", (Access) test -> test.token()),
                argumentSet("a certificate in PEM", (Access) SecuredClusterIT::pem),
                argumentSet("a certificate in a store", (Access) SecuredClusterIT::store));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void letInWhoProvesWhoHeIs(Access access) throws Exception {
        // Given
        TestTopics topics = broker.cluster().freshTopics(2);
        broker.cluster().send(NumberedLogins.records(topics, 0, COUNT));
        Properties properties = properties(topics, access.options(this));

        // When
        try (Application application = new Application(Settings.load(properties, Map.of()))) {
            application.start();
            awaitCaughtUp(topics);
        }

        // Then
        NumberedLogins.assertExactlyOnce(broker.cluster(), topics, COUNT);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                argumentSet(
                        "a wrong password",
                        (Access) test -> test.login("SCRAM-SHA-512"),
                        "password",
                        (UnaryOperator<String>) right -> "wrong",
                        "the brokers refuse the login: Authentication failed during authentication due to invalid"
                                + " credentials with SASL mechanism SCRAM-SHA-512"),
                argumentSet(
                        "a wrong client secret",
                        (Access) test -> test.token(),
                        "client-secret",
                        (UnaryOperator<String>) right -> "wrong",
                        "invalid_client"),
                argumentSet(
                        "brokers of an unknown authority",
                        (Access) test -> test.login("PLAIN"),
                        "authority.pem",
                        (UnaryOperator<String>) right -> new Authority("another").pem(),
                        "the certificate of the brokers is from no authority that is trusted here"),
                argumentSet(
                        "an expired certificate",
                        (Access) SecuredClusterIT::certificateInOneFile,
                        "own.pem",
                        (UnaryOperator<String>)
                                right -> keyAndChain(broker.authority().issueExpired(SecuredBroker.USER)),
                        "the brokers refuse the certificate of this client"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void waitForWhoIsRefusedUntilThatIsMended(Access access, String file, UnaryOperator<String> broken, String line)
            throws Exception {
        // Given
        TestTopics topics = broker.cluster().freshTopics(2);
        broker.cluster().send(NumberedLogins.records(topics, 0, COUNT));
        Properties properties = properties(topics, access.options(this));
        Health health = new Health(Settings.load(properties, Map.of()));
        Path mended = folder.resolve(file);
        String right = Files.readString(mended);
        Files.writeString(mended, broken.apply(right));

        try (PipelineProcess process = PipelineProcess.start(properties)) {
            // When
            await().atMost(30, SECONDS)
                    .untilAsserted(() -> assertThat(process.output()).contains(line));

            // Then
            await().during(3, SECONDS).atMost(12, SECONDS).until(() -> health.isLive() && !health.isReady());
            assertFewLines(process);

            // When
            Files.writeString(mended, right);

            // Then
            awaitCaughtUp(topics);
            await().atMost(20, SECONDS).until(health::isReady);
            assertFewLines(process);
            process.signal("TERM");
            process.exitCode(30);
        }
        NumberedLogins.assertExactlyOnce(broker.cluster(), topics, COUNT);
    }

    static Stream<Arguments> commands() {
        return Stream.of(
                        "check", "generate --count 1", "dead-letters list", "replay --from 1h --output again --dry-run")
                .map(command -> argumentSet(command, (Object) command.split(" ")));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void areAskedInOneLineByCommandsThatAreRefused(String[] command) throws Exception {
        // Given
        List<String> options = login("SCRAM-SHA-512");
        file("password", "wrong");

        // When
        String output = failed(options, command);

        // Then
        assertThat(output.lines().filter(line -> !line.startsWith("ok ")))
                .singleElement()
                .asString()
                .contains("the brokers refuse the login: Authentication failed during authentication due to invalid");
    }

    @Test
    void areNotTrustedWhereTheirCertificateHasExpired() throws Exception {
        // Given
        List<String> options = login("PLAIN");
        options.addAll(List.of("kafka.bootstrap.servers", broker.expired()));

        // When
        String output = failed(options, "check");

        // Then
        assertThat(output).contains("the certificate of the brokers has expired: NotAfter: ");
    }

    @Test
    void refuseWhoShowsNoCertificate() throws Exception {
        // Given
        List<String> options = new ArrayList<>(broker.trust(folder));
        options.addAll(List.of("kafka.bootstrap.servers", broker.certificate(), "kafka.security.protocol", "SSL"));

        // When
        String output = failed(options, "check");

        // Then
        assertThat(output).contains("the brokers refuse the certificate of this client");
    }

    private String failed(List<String> options, String... command) throws InterruptedException {
        TestTopics topics = broker.cluster().freshTopics(1);
        try (PipelineProcess process = PipelineProcess.start(properties(topics, options), command)) {
            assertThat(process.exitCode(60)).isEqualTo(1);
            assertThat(process.output()).doesNotContain("\tat ", SecuredBroker.PASSWORD);
            return process.output();
        }
    }

    /** No flood, no stack trace, no secret. */
    private void assertFewLines(PipelineProcess process) {
        assertThat(process.output())
                .doesNotContain(
                        "\tat ",
                        SecuredBroker.PASSWORD,
                        SecuredBroker.CLIENT_SECRET,
                        "BEGIN PRIVATE KEY",
                        Authority.STORE_PASSWORD);
        assertThat(process.output()
                        .lines()
                        .filter(line -> line.contains("WARN") || line.contains("ERROR"))
                        .filter(line -> !line.contains("dead-letters")))
                .hasSizeLessThanOrEqualTo(2);
    }

    private void awaitCaughtUp(TestTopics topics) {
        await().atMost(40, SECONDS).until(() -> broker.cluster().isCaughtUp(topics.input(), topics.group()));
    }

    private Properties properties(TestTopics topics, List<String> options) {
        return topics.properties(broker.cluster(), options.toArray(String[]::new));
    }

    private List<String> login(String mechanism) throws IOException {
        return broker.login(SecuredBroker.USER, mechanism, folder);
    }

    private List<String> token() throws IOException {
        List<String> options = new ArrayList<>(broker.trust(folder));
        options.addAll(List.of(
                "kafka.bootstrap.servers",
                broker.login(),
                "kafka.security.protocol",
                "SASL_SSL",
                "kafka.sasl.mechanism",
                "OAUTHBEARER",
                "kafka.sasl.oauthbearer.token.endpoint.url",
                broker.tokenUrl(),
                "kafka.sasl.oauthbearer.client.credentials.client.id",
                SecuredBroker.USER,
                "kafka.sasl.oauthbearer.client.credentials.client.secret.file",
                file("client-secret", SecuredBroker.CLIENT_SECRET)));
        return options;
    }

    private List<String> pem() throws IOException {
        Authority.Identity identity = broker.authority().issue(SecuredBroker.USER);
        List<String> options = new ArrayList<>(broker.trust(folder));
        options.addAll(List.of(
                "kafka.bootstrap.servers", broker.certificate(),
                "kafka.security.protocol", "SSL",
                "kafka.ssl.keystore.type", "PEM",
                "kafka.ssl.keystore.certificate.chain.file", file("own-chain.pem", identity.chain()),
                "kafka.ssl.keystore.key.file", file("own-key.pem", identity.key())));
        return options;
    }

    private List<String> store() throws IOException {
        return List.of(
                "kafka.bootstrap.servers",
                broker.certificate(),
                "kafka.security.protocol",
                "SSL",
                "kafka.ssl.truststore.type",
                "PKCS12",
                "kafka.ssl.truststore.location",
                broker.authority().trustStore(folder.resolve("trust.p12")).toString(),
                "kafka.ssl.truststore.password.file",
                file("trust-password", Authority.STORE_PASSWORD),
                "kafka.ssl.keystore.type",
                "PKCS12",
                "kafka.ssl.keystore.location",
                broker.authority()
                        .issue(SecuredBroker.USER)
                        .store(folder.resolve("own.p12"))
                        .toString(),
                "kafka.ssl.keystore.password.file",
                file("own-password", Authority.STORE_PASSWORD));
    }

    /** Both in one file, as Kafka reads it by its place. */
    private List<String> certificateInOneFile() throws IOException {
        List<String> options = new ArrayList<>(broker.trust(folder));
        options.addAll(List.of(
                "kafka.bootstrap.servers",
                broker.certificate(),
                "kafka.security.protocol",
                "SSL",
                "kafka.ssl.keystore.type",
                "PEM",
                "kafka.ssl.keystore.location",
                file("own.pem", keyAndChain(broker.authority().issue(SecuredBroker.USER)))));
        return options;
    }

    private static String keyAndChain(Authority.Identity identity) {
        return identity.key() + identity.chain();
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
