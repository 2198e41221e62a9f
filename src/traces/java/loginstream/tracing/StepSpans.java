package loginstream.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import loginstream.login.Login;
import loginstream.steps.StepWatch;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.util.URISupport;

/**
 * A span below that of the batch for each login that a step sends to another service. Nothing of the login is in it: neither
 * a query nor the message of an exception.
 */
final class StepSpans implements StepWatch {
    private static final AttributeKey<String> STEP = AttributeKey.stringKey("camel.step");
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
    private static final AttributeKey<Long> HTTP_STATUS = AttributeKey.longKey("http.response.status_code");

    private final Tracer tracer;

    StepSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public Watched of(NamedNode step, Endpoint endpoint) {
        if (endpoint != null && (!endpoint.isRemote() || endpoint instanceof KafkaEndpoint)) {
            return null; // what goes to Kafka goes with the batch
        }
        String name = endpoint == null ? step.getShortName() : address(endpoint);
        String id = step.getId();
        return (login, exchange) -> begin(name, id, login, exchange);
    }

    private static String address(Endpoint endpoint) {
        return URISupport.sanitizeUri(endpoint.getEndpointUri()).split("[?]", 2)[0];
    }

    private End begin(String name, String step, Login login, Exchange exchange) {
        Context known = exchange.getProperty(StepWatch.PROPERTY, Context.class);
        Context parent = known == null ? Context.current() : known;
        SpanBuilder builder = tracer.spanBuilder(name)
                .setParent(parent)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute(STEP, step);
        if (Span.fromContext(parent).isRecording()) {
            SpanContext own = LoginContext.of(login);
            if (own.isValid()) {
                builder.addLink(own);
            }
        }
        Span span = builder.startSpan();
        return ended -> end(span, name, ended);
    }

    private static void end(Span span, String name, Exchange exchange) {
        if (span.isRecording()) {
            if (name.startsWith("http")
                    && exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE) instanceof Integer status) {
                span.setAttribute(HTTP_STATUS, status.longValue());
            }
            if (exchange.getException() != null) {
                span.setStatus(StatusCode.ERROR);
                span.setAttribute(ERROR_TYPE, exchange.getException().getClass().getName());
            }
        }
        span.end();
    }
}
