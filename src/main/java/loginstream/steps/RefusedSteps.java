package loginstream.steps;

import java.io.BufferedReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.model.AggregateDefinition;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.PausableDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.ResequenceDefinition;
import org.apache.camel.model.ResumableDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SagaDefinition;
import org.apache.camel.model.ThreadsDefinition;
import org.apache.camel.model.TokenizerDefinition;
import org.apache.camel.model.TransactedDefinition;
import org.apache.camel.spi.Resource;
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
        REASONS.put(
                TokenizerDefinition.class,
                "it cuts texts for language models, with libraries that are not here; use split");
    }

    private RefusedSteps() {}

    /**
     * Looks through a route.
     *
     * @throws IllegalArgumentException at the first step that logins cannot pass: file, line, step and reason
     */
    static void require(RouteDefinition route) {
        require(route.getOutputs(), route);
    }

    private static void require(List<ProcessorDefinition<?>> steps, RouteDefinition route) {
        for (ProcessorDefinition<?> step :
                ProcessorDefinitionHelper.filterTypeInOutputs(steps, ProcessorDefinition.class)) {
            String reason = REASONS.get(step.getClass());
            if (reason != null) {
                throw new IllegalArgumentException(
                        position(step, route) + name(step) + " cannot stand in the way of logins: " + reason);
            }
            if (step instanceof CircuitBreakerDefinition breaker && breaker.getOnFallback() != null) {
                require(breaker.getOnFallback().getOutputs(), route); // which Camel does not count among its outputs
            }
        }
    }

    /** As routes have it: what Camel calls short is {@code output} for some. */
    private static String name(OptionalIdentifiedDefinition<?> step) {
        String type = step.getClass().getSimpleName().replace("Definition", "");
        return Character.toLowerCase(type.charAt(0)) + type.substring(1);
    }

    /** File and line of a step, or the route's name where Camel does not know them. */
    private static String position(OptionalIdentifiedDefinition<?> step, RouteDefinition route) {
        String file = LoggerHelper.getSourceLocationOnly(step);
        if (file == null && route.getResource() != null) {
            file = route.getResource().getLocation();
        }
        if (file == null) {
            return "route " + route.getRouteId() + ": ";
        }
        return file + (step.getLineNumber() > 0 ? ":" + line(step, route.getResource()) : "") + ": ";
    }

    /** Camel is one line behind where a step's options stand on the line of its name. */
    private static int line(OptionalIdentifiedDefinition<?> step, Resource resource) {
        int line = step.getLineNumber();
        if (resource == null) {
            return line;
        }
        try (BufferedReader reader = new BufferedReader(resource.getReader())) {
            List<String> lines = reader.lines().skip(line - 1L).limit(2).toList();
            String name = name(step) + ":";
            return lines.size() == 2
                            && !lines.get(0).contains(name)
                            && lines.get(1).contains(name)
                    ? line + 1
                    : line;
        } catch (Exception e) {
            return line; // nearly right, and what is wrong is told all the same
        }
    }
}
