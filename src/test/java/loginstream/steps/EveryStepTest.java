package loginstream.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import loginstream.route.FailurePolicy;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ProcessorDefinition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every step of Camel, in both DSLs, over one batch of good, bad, unwanted and failing logins: what is sent for each and how
 * it ends is what Camel's manual says of the step for a single message.
 */
class EveryStepTest {
    private static final String PLACE = "        - process:\n            ref: loginEnricher\n";

    static Stream<StepCase> inYaml() {
        return StepCases.all().filter(StepCase::isInYaml);
    }

    static Stream<StepCase> inJava() {
        return StepCases.all().filter(StepCase::isInJava);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inYaml")
    void meansForEachLoginInYamlWhatItMeansForOne(StepCase step) throws Exception {
        // Given
        try (StepsFixture fixture = fixture(step)) {
            fixture.yaml(step.topLevel() + route().replace(PLACE, step.yaml().indent(8) + PLACE) + step.moreRoutes());

            // When
            StepsFixture.Result result = run(fixture);

            // Then
            check(step, fixture, result);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inJava")
    void meansForEachLoginInJavaWhatItMeansForOne(StepCase step) throws Exception {
        // Given
        try (StepsFixture fixture = fixture(step)) {
            fixture.routes(new FailurePolicy());
            fixture.routes(javaRoute(step));
            if (!step.moreRoutes().isEmpty()) {
                fixture.yaml(step.moreRoutes());
            }

            // When
            StepsFixture.Result result = run(fixture);

            // Then
            check(step, fixture, result);
        }
    }

    private static StepsFixture fixture(StepCase step) throws Exception {
        StepsFixture fixture = new StepsFixture(Sample.SETTINGS);
        new Beans().bind(fixture);
        step.beforehand().accept(fixture);
        return fixture;
    }

    /** The route that is delivered. */
    private static String route() throws IOException {
        String text = Files.readString(Path.of("routes/user-login.camel.yaml"));
        assertThat(text).contains(PLACE);
        return text;
    }

    /** The same in Java. */
    private static RouteBuilder javaRoute(StepCase step) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                step.javaTopLevel().accept(this);
                ProcessorDefinition<?> way = from("kafka:{{loginstream.input.topic}}")
                        .routeId("user-login")
                        .routeConfigurationId(FailurePolicy.ID)
                        .unmarshal("loginJson")
                        .process("loginFilter")
                        .process("loginValidator");
                step.java()
                        .apply(way)
                        .process("loginEnricher")
                        .marshal("loginJson")
                        .to("kafka:{{loginstream.output.topic}}");
            }
        };
    }

    private static StepsFixture.Result run(StepsFixture fixture) throws Exception {
        fixture.start();
        for (Sample sample : Sample.values()) {
            fixture.consume(sample.record());
        }
        return fixture.run();
    }

    private static void check(StepCase step, StepsFixture fixture, StepsFixture.Result result) throws Exception {
        assertThat(result.exchange().getException()).isNull();
        assertThat(fixture.outbox().all())
                .extracting(sent -> Expected.of(sent.record()).toString())
                .containsExactlyElementsOf(
                        step.sends().stream().map(Expected::toString).toList());
        assertThat(result.states()).isEqualTo(step.states());
        step.afterwards().check(fixture, result);
    }
}
