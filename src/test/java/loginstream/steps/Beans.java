package loginstream.steps;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Headers;
import org.apache.camel.Processor;

/** What users of Camel write, and refer to in their routes. Nothing in it knows of Loginstream. */
public final class Beans {
    private final List<String> seen = new CopyOnWriteArrayList<>();

    void bind(StepsFixture fixture) {
        AtomicInteger calls = new AtomicInteger();
        fixture.bind("beans", this);
        fixture.bind("header", (AggregationStrategy) Beans::header);
        fixture.bind("failing", (Processor) Beans::fail);
        fixture.bind("recovering", (Processor) exchange -> {
            if (isIphone(exchange) && calls.getAndIncrement() < 1) {
                throw new IllegalStateException("not yet");
            }
        });
    }

    /** Goes on with the first message, and with what comes as a header of it. */
    static Exchange header(Exchange first, Exchange fresh) {
        first.getMessage().setHeader("more", fresh.getMessage().getBody(String.class));
        return first;
    }

    private static void fail(Exchange exchange) {
        if (isIphone(exchange)) {
            throw new IllegalStateException("no database");
        }
    }

    private static boolean isIphone(Exchange exchange) {
        return exchange.getMessage().getBody(String.class).contains("iOS");
    }

    /** What was seen by {@link #note}. */
    List<String> seen() {
        return seen;
    }

    public void note(@Body Object body) {
        seen.add(String.valueOf(body));
    }

    public void trace(@Header("trace") String trace) {
        seen.add(trace);
    }

    /** Changes one member and one header. */
    public void shorten(@Body Map<String, Object> login, @Headers Map<String, Object> headers) {
        login.put("app_version", "2");
        headers.put("region", login.get("locale"));
    }

    public Map<String, Object> fresh(@Body Map<String, Object> login) {
        return Map.of("locale", login.get("locale"));
    }

    public byte[] bytes() {
        return new byte[] {1, ' ', 'b', 'y', 't', 'e', 's'};
    }

    /** A dynamic router: to one topic, and then no further. */
    public String next(@Header(Exchange.SLIP_ENDPOINT) String previous) {
        return previous == null ? "kafka:dynamic" : null;
    }
}
