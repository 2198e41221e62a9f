package loginstream.steps;

import static loginstream.steps.Expected.deadLetter;
import static loginstream.steps.Expected.failedOnce;
import static loginstream.steps.Expected.output;
import static loginstream.steps.Expected.sent;
import static loginstream.steps.Sample.GERMAN;
import static loginstream.steps.Sample.INVALID;
import static loginstream.steps.Sample.IPHONE;
import static loginstream.steps.Sample.RUSSIAN;
import static loginstream.steps.Sample.TOMBSTONE;
import static loginstream.steps.Sample.UNPARSEABLE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import loginstream.fixture.CapturedOutput;
import loginstream.login.Login;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes that are quite other than the one that is delivered: no login ends undecided. */
class OwnRouteTest {
    private static final String COMPLETION = """
            - onCompletion:
                onFailureOnly: true
                steps:
                  - bean: {ref: beans, method: trace}
            - route:
                id: user-login
                from:
                  uri: kafka:{{loginstream.input.topic}}
                  steps:
                    - unmarshal: {json: {}}
                    - to: kafka:copies
            """;

    private static StepsFixture fixture(String yaml, Sample... samples) throws Exception {
        StepsFixture fixture = new StepsFixture(Sample.SETTINGS);
        new Beans().bind(fixture);
        fixture.yaml(yaml).start();
        for (Sample sample : samples) {
            fixture.consume(sample.record());
        }
        return fixture;
    }

    private static List<String> sends(StepsFixture fixture) {
        return fixture.outbox().all().stream()
                .map(sent -> Expected.of(sent.record()).toString())
                .toList();
    }

    private static List<String> seen(StepsFixture fixture) {
        return fixture.context()
                .getRegistry()
                .lookupByNameAndType("beans", Beans.class)
                .seen();
    }

    @Test
    void whatIsMerelyRejectedIsNoErrorWhereTheRouteHasNoPolicy() throws Exception {
        // Given
        String route = """
                - route:
                    id: user-login
                    from:
                      uri: kafka:{{loginstream.input.topic}}
                      steps:
                        - unmarshal: {json: {}}
                        - process: {ref: loginValidator}
                        - to: kafka:{{loginstream.output.topic}}
                """;

        // When
        try (CapturedOutput log = new CapturedOutput();
                StepsFixture fixture = fixture(route, INVALID, UNPARSEABLE)) {
            fixture.run();

            // Then
            assertThat(sends(fixture)).hasSize(2).allMatch(sent -> sent.startsWith("user-login.dlq"));
            assertThat(log.err()).doesNotContain("ERROR");
        }
    }

    @Test
    void aRouteThatSendsNothingLeavesDeadLetters() throws Exception {
        // Given
        try (StepsFixture fixture = fixture("""
                - route:
                    id: user-login
                    from:
                      uri: kafka:{{loginstream.input.topic}}
                      steps:
                        - unmarshal: {json: {}}
                        - log: "${body[locale]}"
                """, RUSSIAN, GERMAN)) {
            // When
            StepsFixture.Result result = fixture.run();

            // Then
            String reason = "UnsentLoginException: the route ended without sending it";
            assertThat(result.states()).containsOnly(Login.State.DEAD_LETTERED);
            assertThat(sends(fixture))
                    .containsExactly(
                            failedOnce(RUSSIAN, reason).toString(),
                            failedOnce(GERMAN, reason).toString());
        }
    }

    @Test
    void aRouteThatReadsNothingPassesRecordsOnAsTheyAre() throws Exception {
        // Given
        try (StepsFixture fixture = fixture("""
                - route:
                    id: user-login
                    from:
                      uri: kafka:{{loginstream.input.topic}}
                      steps:
                        - setHeader: {name: a, constant: b}
                        - to: kafka:copies
                """, RUSSIAN, INVALID)) {
            // When
            fixture.run();

            // Then
            assertThat(sends(fixture))
                    .containsExactly(
                            sent(RUSSIAN, "copies").header("a", "b").toString(),
                            sent(INVALID, "copies").header("a", "b").toString());
        }
    }

    @Test
    void whatFailsWithoutAnErrorHandlerIsTriedOnceAndIsADeadLetter() throws Exception {
        // Given
        try (StepsFixture fixture = fixture("""
                - route:
                    id: user-login
                    errorHandler: {noErrorHandler: {}}
                    from:
                      uri: kafka:{{loginstream.input.topic}}
                      steps:
                        - unmarshal: {json: {}}
                        - process: {ref: loginValidator}
                        - process: {ref: failing}
                        - to: kafka:copies
                """, RUSSIAN, INVALID, IPHONE)) {
            // When
            fixture.run();

            // Then
            assertThat(sends(fixture))
                    .containsExactly(
                            sent(RUSSIAN, "copies").toString(),
                            deadLetter(INVALID, "invalid", "device_type: missing", 1)
                                    .toString(),
                            failedOnce(IPHONE, "IllegalStateException: no database")
                                    .toString());
        }
    }

    @Test
    void aDeadLetterChannelOfOnesOwnTakesWhatFails() throws Exception {
        // Given
        try (StepsFixture fixture = fixture("""
                - route:
                    id: user-login
                    errorHandler:
                      deadLetterChannel:
                        deadLetterUri: kafka:own-dead-letters
                        redeliveryPolicy: {maximumRedeliveries: 1, redeliveryDelay: 1}
                    from:
                      uri: kafka:{{loginstream.input.topic}}
                      steps:
                        - unmarshal: {json: {}}
                        - setHeader: {name: a, constant: b}
                        - process: {ref: failing}
                        - process: {ref: loginEnricher}
                        - to: kafka:{{loginstream.output.topic}}
                """, IPHONE, RUSSIAN)) {
            // When
            StepsFixture.Result result = fixture.run();

            // Then
            assertThat(sends(fixture))
                    .containsExactly(
                            sent(IPHONE, "own-dead-letters").header("a", "b").toString(),
                            output(RUSSIAN).header("a", "b").toString());
            assertThat(result.states()).containsOnly(Login.State.PROCESSED);
        }
    }

    @Test
    void completionOnFailureIsNotForWhatHasCommitted() throws Exception {
        // Given
        try (StepsFixture fixture = fixture(COMPLETION, RUSSIAN)) {
            // When
            fixture.run();

            // Then
            assertThat(seen(fixture)).isEmpty();
        }
    }

    @Test
    void completionOnFailureIsForWhatWasGivenUp() throws Exception {
        // Given
        try (StepsFixture fixture = fixture(COMPLETION, RUSSIAN)) {
            StepsFixture.Result result = fixture.handOut();
            assertThat(seen(fixture)).isEmpty();

            // When
            result.batch().givenUp(new IllegalStateException("rolled back"));

            // Then
            assertThat(seen(fixture)).containsExactly("RUSSIAN");
        }
    }

    @Test
    void whatCannotBeReadIsPassedOnWhereAnExceptionHandlerSendsIt() throws Exception {
        // Given
        try (StepsFixture fixture = fixture("""
                - onException:
                    exception: [java.lang.Exception]
                    handled: {constant: "true"}
                    steps:
                      - to: kafka:garbage
                - route:
                    id: user-login
                    from:
                      uri: kafka:{{loginstream.input.topic}}
                      steps:
                        - unmarshal: {json: {}}
                        - to: kafka:copies
                """, RUSSIAN, UNPARSEABLE)) {
            // When
            StepsFixture.Result result = fixture.run();

            // Then
            assertThat(result.states()).containsOnly(Login.State.PROCESSED);
            assertThat(sends(fixture))
                    .containsExactly(
                            sent(RUSSIAN, "copies").toString(),
                            sent(UNPARSEABLE, "garbage").toString());
            assertThat(fixture.metrics().totals().processed()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- to: kafka:copies",
                "- setHeader: {name: a, constant: b}\n        - to: kafka:copies",
                "- to: 'kafka:{{loginstream.output.topic}}'",
                "- setHeader: {name: a, constant: b}\n        - to: 'kafka:{{loginstream.output.topic}}'"
            })
    void whatIsRejectedIsADeadLetterWithoutAnyFailurePolicy(String end) throws Exception {
        // Given
        try (StepsFixture fixture = fixture("""
                - route:
                    id: user-login
                    from:
                      uri: kafka:{{loginstream.input.topic}}
                      steps:
                        - unmarshal: {json: {}}
                        - process: {ref: loginValidator}
                        - marshal: {json: {}}
                        %s
                """.replace("%s", end), INVALID, UNPARSEABLE)) {
            // When
            StepsFixture.Result result = fixture.run();

            // Then
            assertThat(result.states()).containsOnly(Login.State.DEAD_LETTERED);
            assertThat(fixture.outbox().all())
                    .extracting(sent -> sent.record().topic())
                    .containsExactly("user-login.dlq", "user-login.dlq");
        }
    }

    @Test
    void whatCannotBeReadIsPassedOnWhereATrySendsIt() throws Exception {
        // Given
        try (StepsFixture fixture = fixture("""
                - route:
                    id: user-login
                    from:
                      uri: kafka:{{loginstream.input.topic}}
                      steps:
                        - doTry:
                            steps:
                              - unmarshal: {json: {}}
                            doCatch:
                              - exception: [java.lang.Exception]
                                steps:
                                  - to: kafka:garbage
                                  - stop: {}
                        - process: {ref: loginValidator}
                        - marshal: {json: {}}
                        - to: kafka:copies
                """, RUSSIAN, UNPARSEABLE, TOMBSTONE, INVALID)) {
            // When
            StepsFixture.Result result = fixture.run();

            // Then
            assertThat(result.states())
                    .containsExactly(
                            Login.State.PROCESSED,
                            Login.State.PROCESSED,
                            Login.State.FILTERED,
                            Login.State.DEAD_LETTERED);
            assertThat(sends(fixture).subList(0, 2))
                    .containsExactly(
                            sent(RUSSIAN, "copies").toString(),
                            sent(UNPARSEABLE, "garbage").toString());
            assertThat(fixture.outbox().all()).hasSize(3);
        }
    }

    @Test
    void aRejectedTaskOfAStepIsAFailureLikeAnyOther() throws Exception {
        // Given
        try (StepsFixture fixture = fixture("""
                - route:
                    id: user-login
                    errorHandler: {noErrorHandler: {}}
                    from:
                      uri: kafka:{{loginstream.input.topic}}
                      steps:
                        - throwException:
                            exceptionType: java.util.concurrent.RejectedExecutionException
                            message: the pool is full
                """, RUSSIAN)) {
            // When
            StepsFixture.Result result = fixture.run();

            // Then
            assertThat(result.exchange().getException()).isNull();
            assertThat(result.states()).containsOnly(Login.State.DEAD_LETTERED);
        }
    }
}
