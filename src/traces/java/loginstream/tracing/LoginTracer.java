package loginstream.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import java.nio.charset.StandardCharsets;
import loginstream.kafka.failure.ThrottledLog;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import loginstream.steps.AfterRoute;
import loginstream.steps.StepWatch;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.telemetry.Op;
import org.apache.camel.telemetry.TraceProcessorsInterceptStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Camel's own tracer, which knows nothing of batches: the span that it gives to the exchange of one is completed here with
 * links to its logins, and the exchanges of single logins are kept from it, because it would take the headers that they came
 * with for its own. Exchanges of other routes are traced as Camel does it.
 */
final class LoginTracer extends OpenTelemetryTracer {
    private static final Logger LOG = LoggerFactory.getLogger(LoginTracer.class);
    private static final AttributeKey<Long> DEAD_LETTERS = AttributeKey.longKey("loginstream.dead_letters");

    private final String group;
    private final ThrottledLog troubles = new ThrottledLog(LOG);

    /**
     * @param group of the consumers
     */
    LoginTracer(String group) {
        this.group = group;
    }

    /** Without an interceptor of every step, for which a batch would be taken apart at each of them. */
    @Override
    protected void doInit() {
        super.doInit();
        getCamelContext()
                .getCamelContextExtension()
                .getInterceptStrategies()
                .removeIf(TraceProcessorsInterceptStrategy.class::isInstance);
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
        return new RouteSpan();
    }

    /** One that was consumed: what came as a plain message is traced like any other. */
    private static boolean isLogins(Exchange exchange) {
        Login login = exchange.getProperty(Login.PROPERTY, Login.class);
        return login != null && !login.isPlain();
    }

    @Override
    protected void beginEventSpan(Exchange exchange, Endpoint endpoint, Op op) throws Exception {
        if (isLogins(exchange)) {
            return;
        }
        if (op == Op.EVENT_RECEIVED) {
            asText(exchange, LoginContext.PARENT);
            asText(exchange, LoginContext.STATE);
        }
        super.beginEventSpan(exchange, endpoint, op);
    }

    /** As Camel's consumers of Kafka hand it out, the tracer overlooks it. */
    private static void asText(Exchange exchange, String header) {
        if (exchange.getIn().getHeader(header) instanceof byte[] bytes) {
            exchange.getIn().setHeader(header, new String(bytes, StandardCharsets.US_ASCII));
        }
    }

    @Override
    protected void endEventSpan(Exchange exchange, Endpoint endpoint) throws Exception {
        if (!isLogins(exchange)) {
            super.endEventSpan(exchange, endpoint);
        }
    }

    private void begin(LoginBatch batch, Exchange exchange) {
        Span span = Span.current();
        exchange.setProperty(StepWatch.PROPERTY, Context.current());
        if (!span.isRecording() || batch.size() == 0) {
            return;
        }
        span.setAttribute("messaging.system", "kafka");
        span.setAttribute("messaging.operation.name", "process");
        span.setAttribute("messaging.operation.type", "process");
        span.setAttribute(
                "messaging.destination.name", batch.iterator().next().source().topic());
        span.setAttribute("messaging.consumer.group.name", group);
        span.setAttribute("messaging.batch.message_count", batch.size());
        LoginContext.of(batch).forEach(span::addLink);
    }

    private static void end(LoginBatch batch, Exchange exchange) {
        Span span = Span.fromContext(exchange.getProperty(StepWatch.PROPERTY, Context.class));
        if (span.isRecording()) {
            long deadLetters = 0;
            for (Login login : batch) {
                deadLetters += login.state() == Login.State.DEAD_LETTERED ? 1 : 0;
            }
            span.setAttribute(DEAD_LETTERS, deadLetters);
        }
    }

    /** Something that is tried for each exchange, and whose failure is none of the exchange. */
    private interface Attempt {
        void run() throws Exception;
    }

    private void attempt(Attempt attempt) {
        try {
            attempt.run();
        } catch (Exception e) {
            troubles.error("a trace is incomplete", e);
        }
    }

    /**
     * The span of an exchange's way through a route. That of a batch ends like the batch: Camel does not tell route policies of
     * the end of an exchange once it stops.
     */
    private final class RouteSpan implements RoutePolicy {
        @Override
        public void onExchangeBegin(Route route, Exchange exchange) {
            attempt(() -> {
                beginEventSpan(exchange, route.getEndpoint(), Op.EVENT_RECEIVED);
                if (exchange.getMessage().getBody() instanceof LoginBatch batch) {
                    begin(batch, exchange);
                    AfterRoute.of(exchange, (ended, through) -> {
                        if (ended == route) {
                            attempt(() -> {
                                end(batch, through);
                                endEventSpan(through, route.getEndpoint());
                            });
                        }
                    });
                }
            });
        }

        @Override
        public void onExchangeDone(Route route, Exchange exchange) {
            if (exchange.getProperty(StepWatch.PROPERTY) == null) {
                attempt(() -> endEventSpan(exchange, route.getEndpoint()));
            }
        }

        @Override
        public void onInit(Route route) {}

        @Override
        public void onRemove(Route route) {}

        @Override
        public void onStart(Route route) {}

        @Override
        public void onStop(Route route) {}

        @Override
        public void onSuspend(Route route) {}

        @Override
        public void onResume(Route route) {}
    }
}
