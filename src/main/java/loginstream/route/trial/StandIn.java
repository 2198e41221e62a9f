package loginstream.route.trial;

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
 * In a rehearsal, in the place of an endpoint that would reach beyond the process: takes whatever is sent to it and does
 * nothing, and never has anything to give.
 */
final class StandIn extends DefaultEndpoint {
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

    private final boolean oneWay;

    private StandIn(String uri, Endpoint original) {
        super(original.getEndpointUri(), null);
        setCamelContext(original.getCamelContext());
        oneWay = ONE_WAY.contains(scheme(uri));
    }

    /** The endpoint itself, or what takes its place. Kafka's endpoints are given clients that reach no broker. */
    static Endpoint of(String uri, Endpoint original) {
        return original instanceof KafkaEndpoint || isHarmless(uri) ? original : new StandIn(uri, original);
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
            public void process(Exchange exchange) {
                if (!oneWay) {
                    StepNotes.uncertain(exchange);
                }
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
