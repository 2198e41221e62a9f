package loginstream.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The trace context that a login came with, in headers of W3C's Trace Context. */
final class LoginContext {
    static final String PARENT = "traceparent";
    static final String STATE = "tracestate";

    private static final TextMapGetter<Headers> GETTER = new TextMapGetter<>() {
        @Override
        public String get(Headers headers, String name) {
            Header header = headers == null ? null : headers.lastHeader(name);
            return header == null || header.value() == null
                    ? null
                    : new String(header.value(), StandardCharsets.US_ASCII);
        }
    };

    private LoginContext() {}

    /** Invalid where it came with none, or with what is none. */
    static SpanContext of(Login login) {
        Headers headers = login.source().headers();
        if (headers.lastHeader(PARENT) == null) {
            return SpanContext.getInvalid();
        }
        Context extracted = W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, GETTER);
        return Span.fromContext(extracted).getSpanContext();
    }

    /** The valid ones of a batch. What several logins share, as those that one request has sent, is there once. */
    static Set<SpanContext> of(LoginBatch batch) {
        Set<SpanContext> contexts = new LinkedHashSet<>();
        for (Login login : batch) {
            SpanContext context = of(login);
            if (context.isValid()) {
                contexts.add(context);
            }
        }
        return contexts;
    }
}
