package loginstream.tracing;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;

/**
 * Bounds the memory that spans take while they wait to be sent. OpenTelemetry bounds their number only, and a span may have
 * ten thousand links: some thousand of them would not fit. What is too much is dropped, as OpenTelemetry does it.
 */
final class Backlog {
    /** About 60 MB. */
    static final int MOST_LINKS = 250_000;

    private static final int QUEUE = 2048;

    private int spans;
    private int links;

    private synchronized boolean takes(int more, int mostSpans) {
        if (spans >= mostSpans || links + more > MOST_LINKS && spans > 0) {
            return false;
        }
        spans++;
        links += more;
        return true;
    }

    private synchronized void sent(Collection<SpanData> sent) {
        spans -= sent.size();
        sent.forEach(span -> links -= span.getLinks().size());
    }

    /** In front of the one in which spans wait; it never has more of them than it takes, so that none is lost count of. */
    SpanProcessor before(SpanProcessor waiting, ConfigProperties config) {
        int mostSpans = config.getInt("otel.bsp.max.queue.size", QUEUE);
        return new SpanProcessor() {
            @Override
            public void onStart(Context parent, ReadWriteSpan span) {
                waiting.onStart(parent, span);
            }

            @Override
            public boolean isStartRequired() {
                return waiting.isStartRequired();
            }

            @Override
            public void onEnd(ReadableSpan span) {
                if (span.getSpanContext().isSampled()
                        && takes(span.toSpanData().getLinks().size(), mostSpans)) {
                    waiting.onEnd(span);
                }
            }

            @Override
            public boolean isEndRequired() {
                return waiting.isEndRequired();
            }

            @Override
            public CompletableResultCode shutdown() {
                return waiting.shutdown();
            }

            @Override
            public CompletableResultCode forceFlush() {
                return waiting.forceFlush();
            }
        };
    }

    /** Behind it: what was sent, or given up, is no longer there. */
    SpanExporter behind(SpanExporter sending) {
        return new SpanExporter() {
            @Override
            public CompletableResultCode export(Collection<SpanData> batch) {
                CompletableResultCode result = sending.export(batch);
                result.whenComplete(() -> sent(batch));
                return result;
            }

            @Override
            public CompletableResultCode flush() {
                return sending.flush();
            }

            @Override
            public CompletableResultCode shutdown() {
                return sending.shutdown();
            }
        };
    }
}
