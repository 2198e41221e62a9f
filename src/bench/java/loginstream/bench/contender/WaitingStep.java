package loginstream.bench.contender;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** A step that waits for each login, as one does that asks somebody else. */
public final class WaitingStep implements Processor {
    private static final int MILLIS = 2;

    @Override
    public void process(Exchange exchange) throws InterruptedException {
        Thread.sleep(MILLIS);
    }
}
