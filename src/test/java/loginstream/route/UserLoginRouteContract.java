package loginstream.route;

import static loginstream.fixture.LoginRecords.good;
import static loginstream.fixture.LoginRecords.with;
import static loginstream.fixture.LoginRecords.without;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import loginstream.Wiring;
import loginstream.config.Settings;
import loginstream.fixture.LoginRecords;
import loginstream.fixture.TestSettings;
import loginstream.login.LoginField;
import loginstream.metrics.LoginMetrics;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.apache.camel.test.main.junit5.CamelMainTestSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the route does, in whichever DSL it is written, tested as any Camel route is: JSON goes in where the consumer
 * was, and mocks stand in the place of the topics. No broker is asked for anything.
 */
abstract class UserLoginRouteContract extends CamelMainTestSupport {
    private static final int RETRIES = 2;
    private static final String TIMES =
            ",\"event_time\":\"2023-09-12T00:45:51Z\",\"processed_time\":\"2023-09-12T00:46:40.500Z\"}";

    /** HMAC-SHA-256 with the key "secret". */
    private static final String HASHED_IP = "5aa3850c60de9dbe80938076a3c10bd04ddbb18b15b356bd471774a77d456559";

    private static final String HASHED_DEVICE = "584550e27259ef9b253b3b9eb3798e94c8c095201d704ab03ac6f168c5bd0d0c";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FailingStep failing = new FailingStep();

    /** The route in its DSL, and the failure policy it refers to. */
    abstract List<RoutesBuilder> routes(Settings settings);

    static Settings settings(Map<String, String> changes) {
        Map<String, String> all = new TreeMap<>(Map.of(
                "kafka.bootstrap.servers", "no-broker.invalid:9092",
                "loginstream.filter", "${body[locale]} != 'XX'",
                "loginstream.retry.attempts", Integer.toString(RETRIES),
                "loginstream.retry.delay", "1ms",
                "loginstream.retry.max-delay", "2ms"));
        all.putAll(changes);
        return TestSettings.with(all);
    }

    Settings settings() {
        return settings(Map.of());
    }

    @Override
    public void configureTest(TestExecutionConfiguration configuration) {
        super.configureTest(configuration);
        configuration.withUseAdviceWith(true);
    }

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        Properties properties = new Properties();
        properties.putAll(settings().all());
        configuration.withUseOverridePropertiesWithPropertiesComponent(properties);
    }

    @Override
    protected void configure(MainConfigurationProperties configuration) {
        configuration.withRoutesBuilders(routes(settings()));
        configuration.addConfiguration(new Wiring(settings(), new LoginMetrics(), LoginRecords.CLOCK));
    }

    @BeforeEach
    void putMocksInThePlaceOfTopics() throws Exception {
        putMocksInThePlaceOfTopics(context);
    }

    private void putMocksInThePlaceOfTopics(CamelContext context) throws Exception {
        AdviceWith.adviceWith(context, UserLoginRoute.ID, advice -> {
            advice.replaceFromWith("direct:records");
            advice.mockEndpointsAndSkip("kafka:*");
            advice.weaveByToString(".*loginEnricher.*").before().process(failing);
        });
        context.start();
    }

    @Test
    void passesOnAGoodLoginWithItsTimes() throws Exception {
        // Given
        output().expectedBodiesReceived(good().replace("}", TIMES));
        deadLetters().expectedMessageCount(0);

        // When
        String reply = template.requestBodyAndHeader("direct:records", good(), "trace", "abc", String.class);

        // Then
        MockEndpoint.assertIsSatisfied(context);
        assertThat(output().getExchanges().get(0).getMessage().getHeader("trace"))
                .isEqualTo("abc");
        assertThat(reply).isEqualTo(good().replace("}", TIMES));
    }

    @Test
    void sendsABadLoginToTheDeadLettersWithAllReasons() throws Exception {
        // Given
        String bad = with(LoginField.IP, "\"abc\"").replace("\"device_type\":\"android\",", "");
        output().expectedMessageCount(0);
        deadLetters().expectedBodiesReceived(bad);
        deadLetters().expectedHeaderReceived("loginstream-failure", "invalid");
        deadLetters()
                .expectedHeaderReceived("loginstream-reason", "device_type: missing; ip: not an IP address: \"abc\"");
        deadLetters().expectedHeaderReceived("loginstream-attempts", "1");

        // When
        template.sendBody("direct:records", bad);

        // Then
        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void sendsEachLoginOfABatchItsOwnWayInOrder() throws Exception {
        // Given
        String first = with(LoginField.APP_VERSION, "\"1\"");
        String second = with(LoginField.APP_VERSION, "\"2\"");
        String invalid = without(LoginField.DEVICE_TYPE);
        String filtered = with(LoginField.LOCALE, "\"XX\"");
        output().expectedBodiesReceived(first.replace("}", TIMES), second.replace("}", TIMES));
        deadLetters().expectedBodiesReceived("[]", invalid);

        // When
        template.sendBody("direct:records", Arrays.asList(first, "[]", second, invalid, null, filtered));

        // Then
        MockEndpoint.assertIsSatisfied(context);
        assertThat(deadLetters().getExchanges())
                .extracting(exchange -> exchange.getMessage().getHeader("loginstream-failure", String.class))
                .containsExactly("unparseable", "invalid");
    }

    @Test
    void sendsNothingForATombstone() throws Exception {
        // Given
        output().expectedMessageCount(0);
        deadLetters().expectedMessageCount(0);

        // When
        template.sendBody("direct:records", null);

        // Then
        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void triesAFailingStepAgainAndGoesOnWhenItRecovers() throws Exception {
        // Given
        failing.failTimes(RETRIES);
        output().expectedBodiesReceived(good().replace("}", TIMES));
        deadLetters().expectedMessageCount(0);

        // When
        template.sendBody("direct:records", good());

        // Then
        MockEndpoint.assertIsSatisfied(context);
        assertThat(failing.calls()).isEqualTo(RETRIES + 1);
    }

    @Test
    void givesUpAfterTheLastRetryAndSaysHowOftenItTried() throws Exception {
        // Given
        failing.failTimes(RETRIES + 1);
        output().expectedMessageCount(0);
        deadLetters().expectedBodiesReceived(good());
        deadLetters().expectedHeaderReceived("loginstream-failure", "processing");
        deadLetters().expectedHeaderReceived("loginstream-reason", "IllegalStateException: no database");
        deadLetters().expectedHeaderReceived("loginstream-attempts", Integer.toString(RETRIES + 1));
        deadLetters().expectedHeaderReceived("kafka_dlt-exception-fqcn", "java.lang.IllegalStateException");
        deadLetters().expectedHeaderReceived("kafka_dlt-exception-message", "no database");

        // When
        template.sendBody("direct:records", good());

        // Then
        MockEndpoint.assertIsSatisfied(context);
        assertThat(failing.calls()).isEqualTo(RETRIES + 1);
        Exchange dead = deadLetters().getExchanges().get(0);
        assertThat(dead.getMessage().getHeader("kafka_dlt-exception-stacktrace", String.class))
                .contains("FailingStep");
    }

    @Test
    void letsOnlyTheLoginsThatFailComeAgain() throws Exception {
        // Given
        failing.failTimes(1);
        output().expectedMessageCount(3);
        deadLetters().expectedMessageCount(0);

        // When
        template.sendBody("direct:records", List.of(good(), good(), good()));

        // Then
        MockEndpoint.assertIsSatisfied(context);
        assertThat(failing.calls()).isEqualTo(4);
    }

    /** What {@code loginstream.pii} says is done in the output, and not in dead letters. */
    @ParameterizedTest
    @CsvSource({
        "keep, 199.172.111.135, 593-47-5928",
        "drop,,",
        "mask, 199.172.111.0, *******5928",
        "hash, " + HASHED_IP + ", " + HASHED_DEVICE
    })
    void treatsPersonalDataAsItIsTold(String mode, String ip, String device) throws Exception {
        // Given
        Settings settings = settings(Map.of("loginstream.pii", mode, "loginstream.pii.key", "secret"));
        String bad = with(LoginField.LOCALE, "\"?\"");
        try (DefaultCamelContext other = new DefaultCamelContext()) {
            Properties properties = new Properties();
            properties.putAll(settings.all());
            other.getPropertiesComponent().setOverrideProperties(properties);
            new Wiring(settings, new LoginMetrics(), LoginRecords.CLOCK).configure(other);
            for (RoutesBuilder routes : routes(settings)) {
                other.addRoutes(routes);
            }
            putMocksInThePlaceOfTopics(other);
            other.start();

            // When
            other.createProducerTemplate().sendBody("direct:records", List.of(good(), bad));

            // Then
            Map<?, ?> login = JSON.readValue(
                    other.getEndpoint("mock:kafka:processed-data", MockEndpoint.class)
                            .getExchanges()
                            .get(0)
                            .getMessage()
                            .getBody(String.class),
                    Map.class);
            assertThat(login.get("ip")).isEqualTo(ip);
            assertThat(login.get("device_id")).isEqualTo(device);
            assertThat(other.getEndpoint("mock:kafka:user-login.dlq", MockEndpoint.class)
                            .getExchanges()
                            .get(0)
                            .getMessage()
                            .getBody(String.class))
                    .isEqualTo(bad);
        }
    }

    private MockEndpoint output() {
        return getMockEndpoint("mock:kafka:processed-data");
    }

    private MockEndpoint deadLetters() {
        return getMockEndpoint("mock:kafka:user-login.dlq");
    }
}
