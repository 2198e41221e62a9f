package loginstream.steps;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import loginstream.login.BatchStep;
import loginstream.login.LoginJson;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.model.DataFormatDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.UnmarshalDefinition;
import org.apache.camel.model.dataformat.CustomDataFormat;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.support.LifecycleStrategySupport;

/** What has to be known of each route before its steps are built; routes that logins cannot pass are refused here. */
final class LoginRoutes extends LifecycleStrategySupport {
    private final String inputTopic;
    private final InputReaders readers;
    private final Function<String, PatienceAtStop> patience;
    private final Map<String, Facts> routes = new ConcurrentHashMap<>();

    /**
     * What is known of a route.
     *
     * @param forLogins whether it begins with logins
     * @param policies whether it says what to do on exceptions
     * @param plainPolicies whether what it does on exceptions does not depend on the single login
     */
    private record Facts(boolean forLogins, boolean policies, boolean plainPolicies) {}

    /**
     * @param patience of a route, by its id
     */
    LoginRoutes(String inputTopic, Function<String, PatienceAtStop> patience) {
        this.patience = patience;
        this.inputTopic = inputTopic;
        this.readers = new InputReaders(inputTopic);
    }

    /** Whether the route of that step begins with logins. */
    boolean isForLogins(NamedNode step) {
        RouteDefinition route = ProcessorDefinitionHelper.getRoute(step);
        return route != null && facts(route.getRouteId()).forLogins();
    }

    /** Whether many rejected logins may go the route's way for exceptions at once. */
    boolean hasPlainPolicies(String routeId) {
        return facts(routeId).plainPolicies();
    }

    /** Whether a route says what to do on exceptions. */
    boolean hasPolicies(String routeId) {
        return facts(routeId).policies();
    }

    private Facts facts(String routeId) {
        return routes.getOrDefault(routeId, new Facts(false, true, false));
    }

    @Override
    public void onRouteContextCreate(Route route) {
        RouteDefinition definition = (RouteDefinition) route.getRoute();
        Endpoint from = route.getEndpoint();
        readers.add(route, definition);
        boolean consumes = from instanceof KafkaEndpoint kafka
                && inputTopic.equals(kafka.getConfiguration().getTopic());
        boolean forLogins = consumes || knowsLogins(route.getCamelContext(), definition);
        if (forLogins || isCalled(from.getEndpointUri())) {
            RefusedSteps.require(definition);
            RedeliveryTogether.arrange(definition, route);
        }
        routes.put(
                definition.getRouteId(),
                new Facts(
                        forLogins,
                        definition.getOutputs().stream().anyMatch(OnExceptionDefinition.class::isInstance),
                        hasPlainPolicies(definition)));
    }

    /** Whether what comes from that endpoint comes from a step of another route, on its thread. */
    static boolean isCalled(String uri) {
        return uri.startsWith("direct:") || uri.startsWith("kamelet:");
    }

    /** Their services are known by now. */
    @Override
    public void onRoutesAdd(Collection<Route> added) {
        added.forEach(route -> route.addService(patience.apply(route.getRouteId())));
    }

    private static boolean knowsLogins(CamelContext context, RouteDefinition route) {
        Collection<ProcessDefinition> processes =
                ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessDefinition.class);
        Collection<UnmarshalDefinition> reads =
                ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), UnmarshalDefinition.class);
        return processes.stream().anyMatch(process -> isBatchStep(context, process))
                || reads.stream().anyMatch(read -> isLoginJson(context, read.getDataFormatType()));
    }

    static boolean isBatchStep(CamelContext context, ProcessDefinition process) {
        Processor processor = process.getProcessor() != null || process.getRef() == null
                ? process.getProcessor()
                : context.getRegistry()
                        .lookupByNameAndType(context.resolvePropertyPlaceholders(process.getRef()), Processor.class);
        return processor instanceof BatchStep;
    }

    static boolean isLoginJson(CamelContext context, DataFormatDefinition format) {
        return format instanceof CustomDataFormat custom
                && context.getRegistry().lookupByName(context.resolvePropertyPlaceholders(custom.getRef()))
                        instanceof LoginJson;
    }

    private static boolean hasPlainPolicies(RouteDefinition route) {
        return route.getOutputs().stream()
                .filter(OnExceptionDefinition.class::isInstance)
                .map(OnExceptionDefinition.class::cast)
                .allMatch(LoginRoutes::isPlain);
    }

    private static boolean isPlain(OnExceptionDefinition policy) {
        return policy.getOnWhen() == null
                && policy.getRetryWhile() == null
                && policy.getContinued() == null
                && policy.getContinuedPolicy() == null
                && !isSet(policy.getUseOriginalMessage())
                && !isSet(policy.getUseOriginalBody())
                && policy.getOnExceptionOccurredRef() == null
                && policy.getOnExceptionOccurred() == null
                && isHandled(policy);
    }

    private static boolean isSet(String option) {
        return option != null && !option.equals("false");
    }

    /** Always, that is: in YAML a constant, in Java a predicate made of one. */
    private static boolean isHandled(OnExceptionDefinition policy) {
        if (policy.getHandledPolicy() != null) {
            return "true".equals(policy.getHandledPolicy().toString());
        }
        ExpressionDefinition handled =
                policy.getHandled() == null ? null : policy.getHandled().getExpressionType();
        return handled != null && "constant".equals(handled.getLanguage()) && "true".equals(handled.getExpression());
    }
}
