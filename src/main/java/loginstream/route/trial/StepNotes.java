package loginstream.route.trial;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** Notes at each exchange which step has failed for it, the innermost one, and whether one before it was left out. */
final class StepNotes implements InterceptStrategy {
    private static final String FAILURE = "loginstream.rehearsal.failure";
    private static final String STEP = "loginstream.rehearsal.step";
    private static final String UNCERTAIN = "loginstream.rehearsal.uncertain";

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        StepPlace place = StepPlace.of(definition);
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                return super.process(exchange, doneSync -> {
                    note(exchange, place);
                    callback.done(doneSync);
                });
            }
        };
    }

    private static void note(Exchange exchange, StepPlace place) {
        Exception failure = exchange.getException();
        if (failure != null && failure != exchange.getProperty(FAILURE)) {
            exchange.setProperty(FAILURE, failure);
            exchange.setProperty(STEP, place);
        }
    }

    /** The step at which it failed last, or null. */
    static StepPlace failedAt(Exchange exchange) {
        return exchange.getProperty(STEP, StepPlace.class);
    }

    /** From now on nobody can say what the steps would have made of it. */
    static void uncertain(Exchange exchange) {
        exchange.setProperty(UNCERTAIN, true);
    }

    static boolean isUncertain(Exchange exchange) {
        return exchange.getProperty(UNCERTAIN) != null;
    }
}
