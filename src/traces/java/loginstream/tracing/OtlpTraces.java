package loginstream.tracing;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import loginstream.Traces;
import loginstream.config.Settings;
import loginstream.config.reading.InvalidSettingException;
import loginstream.steps.StepWatch;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Registry;

/** Traces that go to an OpenTelemetry collector, as OpenTelemetry's own variables and system properties say. */
public final class OtlpTraces implements Traces {
    /** A collector that is away must not hold up a stop. */
    private static final int CLOSE_SECONDS = 3;

    private static final String NAME = "loginstream";

    private OpenTelemetrySdk sdk;
    private Tracer tracer;
    private String group;

    @Override
    public void open(Settings settings) {
        group = settings.consumer().group();
        SdkLog.redirect();
        Backlog backlog = new Backlog();
        try {
            sdk = AutoConfiguredOpenTelemetrySdk.builder()
                    .disableShutdownHook() // the last spans are those of the stop itself
                    .addPropertiesSupplier(() -> defaults(settings.consumer().batchSize()))
                    .addSpanProcessorCustomizer(backlog::before)
                    .addSpanExporterCustomizer((exporter, config) -> backlog.behind(exporter))
                    .build()
                    .getOpenTelemetrySdk();
        } catch (ConfigurationException | IllegalArgumentException e) {
            throw new InvalidSettingException("traces cannot be sent as OTEL_... says: " + reason(e));
        }
        Tracer plain = sdk.getTracer(NAME);
        tracer = name -> plain.spanBuilder(name).setSpanKind(kind(name));
    }

    /** With its cause: what is around that may say only that something is unexpected. */
    private static String reason(RuntimeException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return failure.getMessage() + (cause == failure ? "" : " (" + cause.getMessage() + ")");
    }

    /** What holds where nobody has said anything else. */
    private static Map<String, String> defaults(int batchSize) {
        Map<String, String> defaults = new HashMap<>();
        defaults.put("otel.service.name", NAME);
        defaults.put("otel.exporter.otlp.protocol", "http/protobuf");
        defaults.put("otel.metrics.exporter", "none");
        defaults.put("otel.logs.exporter", "none");
        // Else only the first 128 logins of a batch would be linked.
        defaults.put("otel.span.link.count.limit", Integer.toString(batchSize));
        // Spans with so many links should not gather for long.
        defaults.put("otel.bsp.schedule.delay", "500");
        return defaults;
    }

    private static SpanKind kind(String spanName) {
        if (spanName.startsWith(KafkaSpanNames.PROCESS)) {
            return SpanKind.CONSUMER;
        }
        return spanName.startsWith(KafkaSpanNames.SEND) ? SpanKind.PRODUCER : SpanKind.INTERNAL;
    }

    @Override
    public StepWatch steps() {
        return new StepSpans(sdk.getTracer(NAME));
    }

    @Override
    public void follow(CamelContext context) {
        Registry registry = context.getRegistry();
        // Where Camel's tracer looks for them when it begins; they are for no route to use.
        registry.bind("openTelemetryTracer", Tracer.class, tracer);
        registry.bind("openTelemetryPropagators", sdk.getPropagators());
        LoginTracer camels = new LoginTracer(group);
        camels.setCamelContext(context);
        try {
            context.addService(camels, true, true);
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
        registry.unbind("openTelemetryTracer");
        registry.unbind("openTelemetryPropagators");
    }

    @Override
    public void close() {
        if (sdk != null) {
            sdk.getSdkTracerProvider().shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
