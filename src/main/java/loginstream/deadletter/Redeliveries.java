package loginstream.deadletter;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Called before each redelivery of a step. Keeps how many there were, because Camel takes its own header away before an
 * {@code onException} block begins.
 */
public final class Redeliveries implements Processor {
    private static final String COUNT = "loginRedeliveries";

    private final Runnable counter;

    /**
     * @param counter told of each redelivery
     */
    public Redeliveries(Runnable counter) {
        this.counter = counter;
    }

    @Override
    public void process(Exchange exchange) {
        exchange.setProperty(COUNT, exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, Integer.class));
        counter.run();
    }

    /** How often a step of this exchange was tried again. */
    public static int of(Exchange exchange) {
        return exchange.getProperty(COUNT, 0, Integer.class);
    }
}
