package loginstream.steps;

import static loginstream.steps.Expected.output;
import static loginstream.steps.Sample.GERMAN;
import static loginstream.steps.Sample.IPHONE;
import static loginstream.steps.Sample.RUSSIAN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps that have others done within them before they go on, some of which are tried again, or done by another thread. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WaitingStepsTest {
    private static final String ROUTE = """
            - route:
                id: user-login
                from:
                  uri: kafka:{{loginstream.input.topic}}
                  steps:
                    - unmarshal: {json: {}}
                    - process: {ref: loginValidator}
                    %s
                    - process: {ref: loginEnricher}
                    - marshal: {json: {}}
                    - to: kafka:{{loginstream.output.topic}}
            - route:
                id: sub
                routeConfigurationId: again
                from:
                  uri: direct:sub
                  steps:
                    - process: {ref: %s}
            - routeConfiguration:
                id: again
                onException:
                  - onException:
                      exception: [java.lang.Exception]
                      redeliveryPolicy: {maximumRedeliveries: "2", redeliveryDelay: "5"}
            """;

    static Stream<Arguments> waiting() {
        return Stream.of(
                Arguments.argumentSet("a circuit breaker", "- circuitBreaker: {steps: [{to: 'direct:sub'}]}"),
                Arguments.argumentSet("a bean that sends", "- bean: {ref: sending}"),
                Arguments.argumentSet("an enricher", "- enrich: {constant: 'direct:sub'}"),
                Arguments.argumentSet("a loop", "- loop: {constant: 1, steps: [{to: 'direct:sub'}]}"),
                Arguments.argumentSet(
                        "branches side by side",
                        "- multicast: {parallelProcessing: true, steps: [{to: 'direct:sub'}]}"));
    }

    @ParameterizedTest
    @MethodSource("waiting")
    void goOnWhenThatIsDone(String step) throws Exception {
        // When
        List<String> sent = run(step, "recovering");

        // Then
        assertThat(sent)
                .containsExactlyInAnyOrder(
                        output(RUSSIAN).toString(),
                        output(GERMAN).toString(),
                        output(IPHONE).toString());
    }

    @ParameterizedTest
    @MethodSource("waiting")
    void failWhenThatFailsInTheEnd(String step) throws Exception {
        // When
        List<String> sent = run(step, "failing");

        // Then
        assertThat(sent)
                .hasSize(3)
                .anyMatch(one -> one.startsWith("user-login.dlq") && one.contains("loginstream-failure=processing"));
    }

    private static List<String> run(String step, String processor) throws Exception {
        try (StepsFixture fixture = new StepsFixture(Sample.SETTINGS)) {
            new Beans().bind(fixture);
            ProducerTemplate template = fixture.context().createProducerTemplate();
            fixture.bind("sending", new Sending(template));
            fixture.yaml(ROUTE.formatted(step, processor)).start();
            for (Sample sample : List.of(RUSSIAN, GERMAN, IPHONE)) {
                fixture.consume(sample.record());
            }
            fixture.run();
            return fixture.outbox().all().stream()
                    .map(sent -> Expected.of(sent.record()).toString())
                    .toList();
        }
    }

    /** A bean of a user's. */
    public static final class Sending {
        private final ProducerTemplate template;

        Sending(ProducerTemplate template) {
            this.template = template;
        }

        public void send(String body) {
            template.requestBody("direct:sub", body);
        }
    }
}
