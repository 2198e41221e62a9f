package loginstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static loginstream.fixture.LoginRecords.good;
import static loginstream.fixture.LoginRecords.without;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import loginstream.login.LoginField;
import loginstream.route.FailurePolicy;
import loginstream.route.UserLoginRoute;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.AdviceWithRouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.apache.camel.test.main.junit5.CamelMainTestSupport;
import org.apache.camel.util.function.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The route, tested as any Camel route is: nothing is needed but the route and the class that wires its beans. */
class TextbookTest extends CamelMainTestSupport {

    @Override
    protected void configure(MainConfigurationProperties main) {
        main.addConfiguration(Wiring.class);
        main.addRoutesBuilder(FailurePolicy.class);
        main.addRoutesBuilder(UserLoginRoute.class);
    }

    @Override
    public void configureTest(TestExecutionConfiguration test) {
        test.withUseAdviceWith(true);
    }

    /** No port is opened for a test. */
    @Override
    public void configureContext(CamelContextConfiguration test) {
        super.configureContext(test);
        Properties properties = new Properties();
        properties.setProperty("camel.management.enabled", "false");
        test.withUseOverridePropertiesWithPropertiesComponent(properties);
    }

    private void start(ThrowingConsumer<AdviceWithRouteBuilder, Exception> more) throws Exception {
        AdviceWith.adviceWith(context, "user-login", route -> {
            route.replaceFromWith("direct:records");
            route.weaveByToString(".*loginEnricher.*").remove(); // it tells the time
            more.accept(route);
        });
        context.start();
    }

    private void start() throws Exception {
        start(route -> route.mockEndpointsAndSkip("kafka:*"));
    }

    private MockEndpoint output() {
        return getMockEndpoint("mock:kafka:processed-data");
    }

    private MockEndpoint deadLetters() {
        return getMockEndpoint("mock:kafka:user-login.dlq");
    }

    static Stream<Object> messages() throws Exception {
        return Stream.of(
                good(),
                good().getBytes(UTF_8),
                new ByteArrayInputStream(good().getBytes(UTF_8)),
                new ObjectMapper().readValue(good(), Map.class));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void takesALoginInWhicheverFormItComes(Object message) throws Exception {
        // Given
        start();
        output().expectedBodiesReceived(good());
        output().expectedHeaderReceived("trace", "abc");
        deadLetters().expectedMessageCount(0);

        // When
        template.sendBodyAndHeader("direct:records", message, "trace", "abc");

        // Then
        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void takesAListOfLogins() throws Exception {
        // Given
        start();
        String bad = without(LoginField.DEVICE_TYPE);
        output().expectedBodiesReceived(good(), good(), good());
        deadLetters().expectedBodiesReceived(bad);
        deadLetters().expectedHeaderReceived("loginstream-reason", "device_type: missing");

        // When
        template.sendBody(
                "direct:records",
                List.of(good(), good().getBytes(UTF_8), bad, new ObjectMapper().readValue(good(), Map.class)));

        // Then
        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void sendsABadOneToTheDeadLetters() throws Exception {
        // Given
        start();
        output().expectedMessageCount(0);
        deadLetters().expectedBodiesReceived("not JSON");
        deadLetters().expectedHeaderReceived("loginstream-failure", "unparseable");
        deadLetters().expectedHeaderReceived("trace", "abc");

        // When
        template.sendBodyAndHeader("direct:records", "not JSON", "trace", "abc");

        // Then
        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void answersWithTheResult() throws Exception {
        // Given
        start();

        // When
        String answer = template.requestBody("direct:records", (Object) good(), String.class);

        // Then
        assertThat(answer).isEqualTo(good());
    }

    @Test
    void letsAMockTakeThePlaceOfATopic() throws Exception {
        // Given
        start(route -> route.weaveByToUri("kafka:.*output.*").replace().to("mock:out"));
        getMockEndpoint("mock:out").expectedBodiesReceived(good());

        // When
        template.sendBody("direct:records", good());

        // Then
        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void letsStepsBeWovenIn() throws Exception {
        // Given
        start(route -> {
            route.mockEndpointsAndSkip("kafka:*");
            route.weaveByType(org.apache.camel.model.MarshalDefinition.class)
                    .before()
                    .setHeader("region")
                    .simple("${body[locale]}")
                    .to("mock:watched");
        });
        output().expectedHeaderReceived("region", "RU");
        getMockEndpoint("mock:watched").expectedMessageCount(1);
        getMockEndpoint("mock:watched").message(0).predicate().simple("${body[locale]} == 'RU'");

        // When
        template.sendBody("direct:records", good());

        // Then
        MockEndpoint.assertIsSatisfied(context);
    }
}
