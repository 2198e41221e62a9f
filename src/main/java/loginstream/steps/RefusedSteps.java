package loginstream.steps;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.model.AggregateDefinition;
import org.apache.camel.model.PausableDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.ResequenceDefinition;
import org.apache.camel.model.ResumableDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SagaDefinition;
import org.apache.camel.model.ThreadsDefinition;
import org.apache.camel.model.TransactedDefinition;
import org.apache.camel.support.LoggerHelper;

/** The steps that logins cannot pass: what they do cannot be had together with what is promised. */
final class RefusedSteps {
    private static final Map<Class<?>, String> REASONS = new LinkedHashMap<>();

    static {
        REASONS.put(
                AggregateDefinition.class,
                "it keeps logins back behind offsets that are committed; aggregate in a route of its own that reads the"
                        + " output topic");
        REASONS.put(
                ResequenceDefinition.class,
                "it keeps logins back behind offsets that are committed, and takes them out of the order of their keys");
        REASONS.put(
                ThreadsDefinition.class,
                "it takes logins off the thread whose transaction they belong to; raise loginstream.consumers instead");
        REASONS.put(
                TransactedDefinition.class,
                "the pipeline's own transaction holds everything that is sent to Kafka; leave it out");
        REASONS.put(
                SagaDefinition.class,
                "a saga is compensated after the fact, and what is sent to Kafka is taken back with its transaction");
        REASONS.put(
                PausableDefinition.class,
                "it moves the consumer's position, which belongs to the transaction; suspend the route instead");
        REASONS.put(
                ResumableDefinition.class,
                "it keeps offsets of its own, and offsets belong to the transaction; leave it out");
    }

    private RefusedSteps() {}

    /**
     * Looks through a route.
     *
     * @throws IllegalArgumentException at the first step that logins cannot pass: file, line, step and reason
     */
    static void require(RouteDefinition route) {
        for (ProcessorDefinition<?> step :
                ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessorDefinition.class)) {
            String reason = REASONS.get(step.getClass());
            if (reason != null) {
                throw new IllegalArgumentException(
                        position(step, route) + step.getShortName() + " cannot stand in the way of logins: " + reason);
            }
        }
    }

    private static String position(ProcessorDefinition<?> step, RouteDefinition route) {
        String file = LoggerHelper.getSourceLocationOnly(step);
        if (file == null && route.getResource() != null) {
            file = route.getResource().getLocation();
        }
        if (file == null) {
            return "route " + route.getRouteId() + ": ";
        }
        return file + (step.getLineNumber() > 0 ? ":" + step.getLineNumber() : "") + ": ";
    }
}
