package loginstream.route.stage;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupStep;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.support.startup.DefaultStartupStepRecorder;

/** Knows which step of a route Camel was building when building failed. Camel's exceptions tell the route only. */
final class StepInHand extends DefaultStartupStepRecorder {
    /** How Camel calls the building of a step, among all else that it records. */
    private static final String BUILDING_A_STEP = "ProcessorReifier";

    private final Deque<StartupStep> begun = new ArrayDeque<>();

    StepInHand() {
        setEnabled(true);
    }

    @Override
    protected void onBeginStep(StartupStep step) {
        if (step.getType().equals(BUILDING_A_STEP)) {
            begun.push(step);
        }
    }

    @Override
    protected void onEndStep(StartupStep step) {
        begun.remove(step);
    }

    /** The innermost step that was begun and not finished, in the context that was building it. */
    Optional<ProcessorDefinition<?>> of(CamelContext context) {
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        return Optional.ofNullable(begun.peek()).map(StartupStep::getName).map(model::getProcessorDefinition);
    }
}
