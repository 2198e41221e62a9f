package loginstream.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Map;
import java.util.stream.Stream;
import loginstream.route.FailurePolicy;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps that logins cannot pass are refused when their routes are loaded, wherever they stand. */
class RefusedStepsTest {
    /** Each with the beginning of the reason that is given. */
    static final Map<String, String> REASONS = Map.of(
            "aggregate", "it keeps logins back behind offsets that are committed",
            "resequence", "it keeps logins back behind offsets that are committed",
            "threads", "it takes logins off the thread whose transaction they belong to",
            "transacted", "the pipeline's own transaction holds everything that is sent to Kafka",
            "saga", "a saga is compensated after the fact",
            "pausable", "it moves the consumer's position",
            "resumable", "it keeps offsets of its own",
            "tokenizer", "it cuts texts for language models");

    /** What Camel itself refuses, as the libraries for it are not there. */
    static final Map<String, String> REASONS_OF_CAMEL =
            Map.of("serviceCall", "Cannot find camel-cloud on the classpath.");

    private static final Map<String, String> SNIPPETS = Map.of(
            "aggregate", """
                    - aggregate:
                        correlationExpression: {constant: "1"}
                        completionSize: 2
                        steps:
                          - log: x
                    """,
            "resequence", """
                    - resequence:
                        simple: "${body[timestamp]}"
                        steps:
                          - log: x
                    """,
            "threads", "- threads: {poolSize: 2}\n",
            "transacted", "- transacted: {}\n",
            "saga", "- saga: {}\n",
            "pausable", "- pausable: {consumerListener: x, untilCheck: x}\n",
            "resumable", "- resumable: {resumeStrategy: x}\n",
            "serviceCall", "- serviceCall: {name: x}\n",
            "tokenizer", """
                    - tokenizer:
                        langChain4jWordTokenizer: {maxTokens: 5, maxOverlap: 1, tokenizerType: OPEN_AI}
                    """);

    static Stream<String> ours() {
        return REASONS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("ours")
    void saysFileLineStepAndReason(String step) throws Exception {
        // Given
        try (StepsFixture fixture = new StepsFixture()) {
            fixture.yaml(route(SNIPPETS.get(step)));

            // When
            Throwable refusal = catchThrowable(() -> fixture.context().start());

            // Then
            assertThat(refusal)
                    .rootCause()
                    .message()
                    .startsWith("file:routes/test.camel.yaml:7: " + step + " cannot stand in the way of logins: "
                            + REASONS.get(step));
        }
    }

    static Stream<String> places() {
        return Stream.of("""
                - filter:
                    constant: "true"
                    steps:
                @
                """, """
                - choice:
                    when:
                      - constant: "true"
                        steps:
                          - log: x
                    otherwise:
                      steps:
                @
                """, """
                - doTry:
                    steps:
                      - log: x
                    doCatch:
                      - exception: [java.lang.Exception]
                        steps:
                @
                """, """
                - doTry:
                    steps:
                      - log: x
                    doFinally:
                      steps:
                @
                """, """
                - circuitBreaker:
                    steps:
                      - log: x
                    onFallback:
                      steps:
                @
                """, """
                - multicast:
                    steps:
                      - pipeline:
                          steps:
                            - loop:
                                constant: 2
                                steps:
                @
                """);
    }

    @ParameterizedTest
    @MethodSource("places")
    void findsThemWithinOtherSteps(String place) throws Exception {
        // Given
        try (StepsFixture fixture = new StepsFixture()) {
            fixture.yaml(route(
                    place.replace("@", "- threads: {poolSize: 2}".indent(30).stripTrailing())));

            // When
            Throwable refusal = catchThrowable(() -> fixture.context().start());

            // Then
            assertThat(refusal)
                    .rootCause()
                    .message()
                    .matches("file:routes/test.camel.yaml:\\d+: threads cannot stand in the way of logins: .*");
        }
    }

    static Stream<String> calledRoutes() {
        return Stream.of("""
                - route:
                    id: called
                    from:
                      uri: direct:called
                      steps:
                        - threads: {poolSize: 2}
                """, """
                - routeTemplate:
                    id: called
                    from:
                      uri: kamelet:source
                      steps:
                        - threads: {poolSize: 2}
                - route:
                    from:
                      uri: direct:anything
                      steps:
                        - kamelet: {name: called}
                """);
    }

    @ParameterizedTest
    @MethodSource("calledRoutes")
    void findsThemInRoutesThatAreCalled(String routes) throws Exception {
        // Given
        try (StepsFixture fixture = new StepsFixture()) {
            fixture.yaml(routes);

            // When
            Throwable refusal = catchThrowable(() -> fixture.context().start());

            // Then
            assertThat(refusal)
                    .rootCause()
                    .message()
                    .matches("file:routes/test.camel.yaml:\\d+: threads cannot stand in the way of logins: .*");
        }
    }

    @Test
    void findsThemInWhatARouteDoesOnExceptions() throws Exception {
        // Given
        try (StepsFixture fixture = new StepsFixture()) {
            fixture.yaml("""
                    - onException:
                        exception: [java.lang.IllegalStateException]
                        steps:
                          - threads: {poolSize: 2}
                    """ + route(""));

            // When
            Throwable refusal = catchThrowable(() -> fixture.context().start());

            // Then
            assertThat(refusal).rootCause().message().startsWith("file:routes/test.camel.yaml:4: threads cannot stand");
        }
    }

    @Test
    void namesTheRouteWhereAStepInJavaHasNoLine() throws Exception {
        // Given
        try (StepsFixture fixture = new StepsFixture()) {
            fixture.routes(new FailurePolicy()).routes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:called").routeId("called").threads(2).log("x");
                }
            });

            // When
            Throwable refusal = catchThrowable(() -> fixture.context().start());

            // Then
            assertThat(refusal).rootCause().message().startsWith("route called: threads cannot stand in the way");
        }
    }

    @Test
    void leavesRoutesAloneThatNoLoginPasses() throws Exception {
        // Given
        try (StepsFixture fixture = new StepsFixture()) {
            fixture.yaml("""
                    - route:
                        from:
                          uri: timer:elsewhere
                          steps:
                            - threads: {poolSize: 2}
                            - log: x
                    """);

            // When
            fixture.context().start();

            // Then
            assertThat(fixture.context().getRoutes()).hasSize(1);
        }
    }

    static Stream<String> camels() {
        return REASONS_OF_CAMEL.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("camels")
    void leavesToCamelWhatItHasNoLibraryFor(String step) throws Exception {
        // Given
        try (StepsFixture fixture = new StepsFixture()) {
            // When, Then
            assertThatThrownBy(() ->
                            fixture.yaml(route(SNIPPETS.get(step))).context().start())
                    .rootCause()
                    .message()
                    .isEqualTo(REASONS_OF_CAMEL.get(step));
        }
    }

    /** A route with these steps from line 7 on. */
    private static String route(String steps) {
        return """
                - route:
                    id: user-login
                    from:
                      uri: kafka:{{loginstream.input.topic}}
                      steps:
                        - unmarshal: {json: {}}
                """ + steps.indent(8) + "        - log: end\n";
    }
}
