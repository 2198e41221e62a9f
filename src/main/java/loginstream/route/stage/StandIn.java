package loginstream.route.stage;

import java.util.Set;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.PollingConsumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.PollingConsumerSupport;

/**
 * In the place of an endpoint that would reach beyond the process: takes whatever is sent to it, and never has anything to
 * give.
 */
public final class StandIn extends DefaultEndpoint {
    /** Those that only compute, or call another route. */
    private static final Set<String> HARMLESS = Set.of(
            "direct",
            "kamelet",
            "mock",
            "stub",
            "bean",
            "class",
            "language",
            "dataformat",
            "validator",
            "json-validator",
            "xslt");

    /** Those that give nothing back. */
    private static final Set<String> ONE_WAY = Set.of("log", "seda", "file");

    private final Taker taker;

    private StandIn(Endpoint original, Taker taker) {
        super(original.getEndpointUri(), null);
        setCamelContext(original.getCamelContext());
        this.taker = taker;
    }

    /** Takes what is sent to such endpoints. */
    @FunctionalInterface
    public interface Taker {
        /**
         * Something is sent; an answer may be put into the exchange.
         *
         * @throws Exception if sending fails
         */
        void take(String uri, Exchange exchange) throws Exception;
    }

    /** The endpoint itself, or what takes its place. Kafka's endpoints are given clients that reach no broker. */
    static Endpoint of(String uri, Endpoint original, Taker taker) {
        return original instanceof KafkaEndpoint || isHarmless(uri) ? original : new StandIn(original, taker);
    }

    /** Whether such an endpoint gives nothing back. */
    public static boolean isOneWay(String uri) {
        return ONE_WAY.contains(scheme(uri));
    }

    static boolean isHarmless(String uri) {
        return HARMLESS.contains(scheme(uri));
    }

    private static String scheme(String uri) {
        return uri.split(":", 2)[0];
    }

    @Override
    public Producer createProducer() {
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) throws Exception {
                taker.take(StandIn.this.getEndpointUri(), exchange);
            }
        };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        return new DefaultConsumer(this, processor);
    }

    @Override
    public PollingConsumer createPollingConsumer() {
        return new PollingConsumerSupport(this) {
            @Override
            public Exchange receive() {
                return receiveNoWait();
            }

            @Override
            public Exchange receiveNoWait() {
                return null;
            }

            @Override
            public Exchange receive(long timeout) {
                return receiveNoWait();
            }
        };
    }

    @Override
    public boolean isSingleton() {
        return true;
    }
}
