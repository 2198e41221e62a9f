package loginstream.steps;

import java.util.List;
import java.util.stream.Stream;

/** All cases of {@link EveryStepTest}. */
final class StepCases {
    private StepCases() {}

    static Stream<StepCase> all() {
        return Stream.of(
                        MessageCases.all(),
                        BodyCases.all(),
                        RoutingCases.all(),
                        SendingCases.all(),
                        FailureCases.all(),
                        RouteLevelCases.all())
                .flatMap(List::stream);
    }
}
