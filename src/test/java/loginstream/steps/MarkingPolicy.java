package loginstream.steps;

import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Policy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** A policy of a user's: marks what passes it. */
final class MarkingPolicy implements Policy {
    @Override
    public void beforeWrap(Route route, NamedNode definition) {}

    @Override
    public Processor wrap(Route route, Processor processor) {
        return new DelegateAsyncProcessor(processor) {
            @Override
            public boolean process(org.apache.camel.Exchange exchange, org.apache.camel.AsyncCallback callback) {
                exchange.getMessage().setHeader("policy", exchange.getMessage().getHeader("trace", String.class));
                return super.process(exchange, callback);
            }
        };
    }
}
