package loginstream.steps;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import loginstream.login.Login;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.processor.errorhandler.RedeliveryErrorHandler;
import org.apache.camel.spi.InterceptSendToEndpoint;
import org.apache.camel.spi.ReactiveExecutor;

/** What all lifted steps of a Camel context share. */
final class Lifting {
    private final CamelContext context;
    private final ReactiveExecutor executor;
    private final DueTasks dueTasks;
    private final OwnExchanges exchanges = new OwnExchanges();
    private final String outputTopic;
    /** An error handler of each route, by the route's id. */
    private final Map<String, AsyncProcessor> errorHandlers = new ConcurrentHashMap<>();

    private final Map<String, PatienceAtStop> patience = new ConcurrentHashMap<>();

    /**
     * @param outputTopic where results go
     */
    Lifting(CamelContext context, DueTasks dueTasks, String outputTopic) {
        this.context = context;
        this.executor = context.getCamelContextExtension().getReactiveExecutor();
        this.dueTasks = dueTasks;
        this.outputTopic = outputTopic;
    }

    StepRun begin(StepRun.Step step, AsyncProcessor errorHandler) {
        return new StepRun(step, errorHandler, executor, dueTasks.begin(step::patienceNanos));
    }

    Exchange exchangeOf(Login login, Exchange batchExchange) {
        return exchanges.of(login, batchExchange);
    }

    /**
     * Whether an error handler is that of a step, not one that Camel makes for a route as a whole; and can be told of what
     * has failed already, as the one cannot that a route without an error handler has.
     */
    static boolean takesFailures(Processor handler) {
        return handler instanceof RedeliveryErrorHandler redelivering && redelivering.getOutput() != null;
    }

    /** Runs an error handler for an exchange that has failed, to its end. */
    static void process(AsyncProcessor errorHandler, Exchange exchange) {
        try {
            errorHandler.process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
    }

    /** How long steps of that route may wait. */
    PatienceAtStop patienceOf(String routeId) {
        return patience.computeIfAbsent(routeId, any -> new PatienceAtStop(System::nanoTime));
    }

    void noteErrorHandler(String routeId, AsyncProcessor errorHandler) {
        errorHandlers.put(routeId, errorHandler);
    }

    /** An error handler of that route, or null where none of its steps has one. */
    AsyncProcessor errorHandlerOf(String routeId) {
        return errorHandlers.get(routeId);
    }

    /** In tests mocks take the place of endpoints: what they get counts as sent. */
    void noteMock(Login login, Exchange exchange) {
        String uri = exchange.getProperty(ExchangePropertyKey.TO_ENDPOINT, String.class);
        if (uri == null || login.hasEnded()) {
            return;
        }
        Endpoint replaced = uri.startsWith("kafka:") ? replacedByMock(context.hasEndpoint(uri)) : null;
        if (replaced != null || uri.startsWith("mock:")) {
            login.noteSent(isOutput(uri));
        }
    }

    /** Of {@code kafka:topic?option=1}, and of the mock that takes its place, {@code mock:kafka:topic}. */
    private boolean isOutput(String uri) {
        String path = uri.split("\\?", 2)[0];
        return path.substring(path.lastIndexOf(':') + 1).replaceFirst("^/*", "").equals(outputTopic);
    }

    private static Endpoint replacedByMock(Endpoint endpoint) {
        return endpoint instanceof InterceptSendToEndpoint intercepted
                        && intercepted.isSkip()
                        && intercepted.getBefore() instanceof Producer mock
                        && mock.getEndpoint().getEndpointUri().startsWith("mock:")
                ? intercepted.getOriginalEndpoint()
                : null;
    }
}
