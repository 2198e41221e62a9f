package loginstream.route;

import static loginstream.fixture.LoginRecords.good;
import static loginstream.fixture.LoginRecords.record;
import static loginstream.fixture.LoginRecords.with;
import static loginstream.fixture.LoginRecords.without;
import static loginstream.fixture.SingleLogin.allOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import loginstream.Wiring;
import loginstream.config.Settings;
import loginstream.enrichment.LoginEnricher;
import loginstream.fixture.LoginRecords;
import loginstream.fixture.RecordingOutbox;
import loginstream.fixture.RecordingOutbox.Sent;
import loginstream.fixture.TestSettings;
import loginstream.login.EachLogin;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import loginstream.login.LoginField;
import loginstream.metrics.LoginMetrics;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.apache.camel.test.main.junit5.CamelMainTestSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the route does, in whichever DSL it is written. Records are handed to it directly in place of the consumer;
 * what it sends through the Kafka endpoints ends in an outbox, so no broker is asked for anything.
 */
abstract class UserLoginRouteContract extends CamelMainTestSupport {
    private static final int RETRIES = 2;

    static final Settings SETTINGS = TestSettings.with(Map.of(
            "kafka.bootstrap.servers", "no-broker.invalid:9092",
            "loginstream.filter", "${body[locale]} != 'XX'",
            "loginstream.retry.attempts", Integer.toString(RETRIES),
            "loginstream.retry.delay", "1ms",
            "loginstream.retry.max-delay", "2ms"));
    private final RecordingOutbox outbox = new RecordingOutbox();
    private final FailingStep failing = new FailingStep();
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

    /** The route in its DSL, and the failure policy it refers to. */
    abstract List<RoutesBuilder> routes();

    @Override
    public void configureTest(TestExecutionConfiguration configuration) {
        super.configureTest(configuration);
        configuration.withUseAdviceWith(true);
    }

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        Properties properties = new Properties();
        properties.putAll(SETTINGS.all());
        configuration.withUseOverridePropertiesWithPropertiesComponent(properties);
    }

    @Override
    protected void configure(MainConfigurationProperties configuration) {
        configuration.withRoutesBuilders(routes());
        configuration.addConfiguration(new Wiring(SETTINGS, new LoginMetrics(), LoginRecords.CLOCK));
    }

    @BeforeEach
    void replaceTheConsumer() throws Exception {
        EachLogin enricher = new EachLogin(new LoginEnricher(LoginRecords.CLOCK).andThen(failing));
        context.getRegistry().bind("loginEnricher", enricher);
        AdviceWith.adviceWith(context, UserLoginRoute.ID, advice -> {
            advice.replaceFromWith("direct:records");
            advice.mockEndpoints("kafka:*");
        });
        context.start();
    }

    @Test
    void sendsAGoodLoginWithItsTimes() throws Exception {
        // Given
        consumed(good());
        MockEndpoint output = getMockEndpoint("mock:kafka:processed-data");
        output.expectedMessageCount(1);

        // When
        Exchange exchange = route();

        // Then
        output.assertIsSatisfied();
        assertThat(output.getExchanges().get(0).getMessage().getBody()).isInstanceOf(LoginBatch.class);
        assertThat(exchange.getException()).isNull();
        assertThat(outbox.only().topic()).isEqualTo("processed-data");
        assertThat(outbox.only().value())
                .isEqualTo(good().replace(
                                "}",
                                ",\"event_time\":\"2023-09-12T00:45:51Z\","
                                        + "\"processed_time\":\"2023-09-12T00:46:40.500Z\"}"));
    }

    @Test
    void sendsABadLoginToTheDeadLettersWithAllReasons() {
        // Given
        String bad = with(LoginField.IP, "\"abc\"").replace("\"device_type\":\"android\",", "");
        consumed(bad);

        // When
        Exchange exchange = route();

        // Then
        assertThat(exchange.getException()).isNull();
        Sent sent = outbox.only();
        assertThat(sent.topic()).isEqualTo("user-login.dlq");
        assertThat(sent.value()).isEqualTo(bad);
        assertThat(sent.header("loginstream-failure")).isEqualTo("invalid");
        assertThat(sent.header("loginstream-reason")).isEqualTo("device_type: missing; ip: not an IP address: \"abc\"");
        assertThat(sent.header("loginstream-attempts")).isEqualTo("1");
    }

    @Test
    void sendsEachLoginOfABatchItsOwnWayInOrder() throws Exception {
        // Given
        consumed(good(), "[]", good(), without(LoginField.DEVICE_TYPE), null, with(LoginField.LOCALE, "\"XX\""));
        MockEndpoint deadLetters = getMockEndpoint("mock:kafka:user-login.dlq");
        deadLetters.expectedMessageCount(1);

        // When
        LoginBatch batch = route().getProperty("logins", LoginBatch.class);

        // Then
        deadLetters.assertIsSatisfied();
        assertThat(allOf(batch))
                .extracting(Login::state)
                .containsExactly(
                        Login.State.PROCESSED,
                        Login.State.DEAD_LETTERED,
                        Login.State.PROCESSED,
                        Login.State.DEAD_LETTERED,
                        Login.State.FILTERED,
                        Login.State.FILTERED);
        assertThat(outbox.to("processed-data"))
                .extracting(UserLoginRouteContract::offset)
                .containsExactly(0L, 2L);
        assertThat(outbox.to("user-login.dlq"))
                .extracting(UserLoginRouteContract::offset)
                .containsExactly(1L, 3L);
        assertThat(outbox.to("user-login.dlq"))
                .extracting(sent -> sent.header("loginstream-failure"))
                .containsExactly("unparseable", "invalid");
        assertThat(outbox.all()).hasSize(4);
    }

    @Test
    void sendsNothingForATombstone() {
        // Given
        consumed((String) null);

        // When
        Exchange exchange = route();

        // Then
        assertThat(exchange.getException()).isNull();
        assertThat(outbox.all()).isEmpty();
    }

    @Test
    void triesAFailingStepAgainAndGoesOnWhenItRecovers() {
        // Given
        failing.failTimes(RETRIES);
        consumed(good());

        // When
        Exchange exchange = route();

        // Then
        assertThat(exchange.getException()).isNull();
        assertThat(failing.calls()).isEqualTo(RETRIES + 1);
        assertThat(outbox.only().topic()).isEqualTo("processed-data");
        assertThat(outbox.only().value()).containsOnlyOnce("event_time").containsOnlyOnce("processed_time");
        assertThat(outbox.only().record().headers()).isEmpty();
    }

    @Test
    void givesUpAfterTheLastRetryAndSaysHowOftenItTried() {
        // Given
        failing.failTimes(RETRIES + 1);
        consumed(good());

        // When
        Exchange exchange = route();

        // Then
        assertThat(exchange.getException()).isNull();
        assertThat(failing.calls()).isEqualTo(RETRIES + 1);
        Sent sent = outbox.only();
        assertThat(sent.topic()).isEqualTo("user-login.dlq");
        assertThat(sent.value()).isEqualTo(good());
        assertThat(sent.header("loginstream-failure")).isEqualTo("processing");
        assertThat(sent.header("loginstream-reason")).isEqualTo("IllegalStateException: no database");
        assertThat(sent.header("loginstream-attempts")).isEqualTo(Integer.toString(RETRIES + 1));
        assertThat(sent.header("kafka_dlt-exception-fqcn")).isEqualTo("java.lang.IllegalStateException");
        assertThat(sent.header("kafka_dlt-exception-message")).isEqualTo("no database");
        assertThat(sent.header("kafka_dlt-exception-stacktrace")).contains("FailingStep");
    }

    @Test
    void handsBackABatchOfSeveralAtTheFirstFailure() {
        // Given
        failing.failTimes(1);
        consumed(good(), good());

        // When
        Exchange exchange = route();

        // Then
        assertThat(exchange.getException())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no database");
        assertThat(failing.calls()).isEqualTo(1);
        assertThat(outbox.all()).isEmpty();
        assertThat(exchange.getProperty("logins", LoginBatch.class).culprit()).hasToString("user-login-2@0");
    }

    private void consumed(String... values) {
        for (String value : values) {
            records.add(record(records.size(), "key", value));
        }
    }

    private Exchange route() {
        return template.send(
                "direct:records", exchange -> exchange.getMessage().setBody(new LoginBatch(records, outbox)));
    }

    private static long offset(Sent sent) {
        return sent.cause().source().offset();
    }
}
