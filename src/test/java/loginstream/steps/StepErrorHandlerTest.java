package loginstream.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Channel;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.errorhandler.RedeliveryErrorHandler;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What all of this rests on, and what little else in Camel does: an interceptor that is {@code ErrorHandlerAware} is
 * handed the error handler of its own step. To be looked at when Camel is updated.
 */
class StepErrorHandlerTest {

    @ParameterizedTest(name = "other interceptors: {0}")
    @ValueSource(booleans = {false, true})
    void eachStepIsHandedTheErrorHandlerThatHasItAsItsOutput(boolean others) throws Exception {
        // Given
        try (StepsFixture fixture = new StepsFixture()) {
            if (others) {
                ((DefaultCamelContext) fixture.context())
                        .getCamelContextExtension()
                        .addInterceptStrategy(
                                (context, definition, target, next) -> new DelegateAsyncProcessor(target));
            }
            fixture.yaml("""
                    - route:
                        id: user-login
                        errorHandler:
                          defaultErrorHandler: {redeliveryPolicy: {maximumRedeliveries: 1}}
                        from:
                          uri: kafka:{{loginstream.input.topic}}
                          steps:
                            - unmarshal: {json: {}}
                            - setHeader: {name: a, constant: b}
                            - filter:
                                constant: "true"
                                steps:
                                  - to: kafka:processed-data
                    """);

            // When
            fixture.start();

            // Then
            List<LiftedStep> steps = new ArrayList<>();
            for (Processor channel :
                    fixture.context().getRoute("user-login").navigate().next()) {
                RedeliveryErrorHandler handler = (RedeliveryErrorHandler) ((Channel) channel).getErrorHandler();
                LiftedStep step = (LiftedStep) handler.getOutput();
                assertThat(step.getErrorHandler()).isSameAs(handler);
                steps.add(step);
            }
            assertThat(steps).hasSize(3);
            assertThat(steps).extracting(LiftedStep::getErrorHandler).doesNotHaveDuplicates();
        }
    }
}
