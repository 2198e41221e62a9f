package loginstream.tracing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/** What a collector of OpenTelemetry is to those that send to it, and a little service beside it. */
final class OtlpReceiver implements AutoCloseable {
    private final HttpServer server;
    private final Queue<ExportTraceServiceRequest> requests = new ConcurrentLinkedQueue<>();
    private final AtomicInteger others = new AtomicInteger();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    OtlpReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.createContext("/city", this::tellCity);
        server.createContext("/", exchange -> {
            others.incrementAndGet();
            answer(exchange, 404);
        });
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void take(HttpExchange exchange) throws IOException {
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream body = zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            requests.add(ExportTraceServiceRequest.parseFrom(body.readAllBytes()));
        }
        answer(exchange, 200);
    }

    /** Fails for who asks in the name of nobody. */
    private void tellCity(HttpExchange exchange) throws IOException {
        String parent = exchange.getRequestHeaders().getFirst("traceparent");
        asked.add(String.valueOf(parent));
        answer(exchange, parent == null ? 500 : 200);
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    /** The {@code traceparent} of every request for a city. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    /** Requests for anything else than to take traces, e.g. metrics. */
    int others() {
        return others.get();
    }

    List<Span> spans() {
        return requests.stream()
                .flatMap(request -> request.getResourceSpansList().stream())
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    List<Span> spans(Predicate<String> name) {
        return spans().stream().filter(span -> name.test(span.getName())).toList();
    }

    /** The services that have sent them. */
    List<String> services() {
        return requests.stream()
                .flatMap(request -> request.getResourceSpansList().stream())
                .map(resource -> attribute(resource.getResource().getAttributesList(), "service.name")
                        .getStringValue())
                .distinct()
                .toList();
    }

    static AnyValue attribute(Span span, String name) {
        return attribute(span.getAttributesList(), name);
    }

    private static AnyValue attribute(List<KeyValue> attributes, String name) {
        return attributes.stream()
                .filter(attribute -> attribute.getKey().equals(name))
                .map(KeyValue::getValue)
                .findFirst()
                .orElse(AnyValue.getDefaultInstance());
    }

    static String hex(com.google.protobuf.ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
