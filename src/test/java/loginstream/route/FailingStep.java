package loginstream.route;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Fails as often as it is told, and then no more. */
final class FailingStep implements Processor {
    private int left;
    private int calls;

    void failTimes(int times) {
        left = times;
    }

    int calls() {
        return calls;
    }

    @Override
    public void process(Exchange exchange) {
        calls++;
        if (left > 0) {
            left--;
            throw new IllegalStateException("no database");
        }
    }
}
