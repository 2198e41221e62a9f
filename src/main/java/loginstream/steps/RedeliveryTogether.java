package loginstream.steps;

import org.apache.camel.CamelContext;
import org.apache.camel.ErrorHandlerFactory;
import org.apache.camel.Route;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;

/**
 * Lets the failing logins of a batch wait for their redelivery at the same time. With Camel's default the thread sleeps
 * for one of them after the other; asynchronously delayed, they come to {@link DueTasks}, which runs them on that thread
 * again.
 */
final class RedeliveryTogether {
    private RedeliveryTogether() {}

    static void arrange(RouteDefinition definition, Route route) {
        for (ProcessorDefinition<?> output : definition.getOutputs()) {
            if (output instanceof OnExceptionDefinition policy) {
                arrange(policy.getRedeliveryPolicyType());
                arrange(policy.getRedeliveryPolicyRef(), route.getCamelContext());
            }
        }
        ErrorHandlerFactory factory = route.getErrorHandlerFactory();
        if (factory instanceof DefaultErrorHandlerDefinition handler) { // a dead letter channel is one, too
            if (handler.getRedeliveryPolicyRef() == null) {
                // Made by this call where there is none; beside a reference Camel refuses it.
                arrange(handler.getRedeliveryPolicy());
            } else {
                arrange(handler.getRedeliveryPolicyRef(), route.getCamelContext());
            }
        }
    }

    private static void arrange(RedeliveryPolicyDefinition policy) {
        if (policy != null && policy.getAsyncDelayedRedelivery() == null) {
            policy.setAsyncDelayedRedelivery("true");
        }
    }

    private static void arrange(String ref, CamelContext context) {
        RedeliveryPolicy policy = ref == null
                ? null
                : context.getRegistry()
                        .lookupByNameAndType(context.resolvePropertyPlaceholders(ref), RedeliveryPolicy.class);
        if (policy != null) {
            policy.setAsyncDelayedRedelivery(true);
        }
    }
}
