package loginstream.route.yaml;

import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;

/** Consumers that can be built but do not start, as often as it is told. */
final class StubbornComponent extends DefaultComponent {
    private int left;
    private int starts;

    void failStarts(int times) {
        left = times;
        starts = 0;
    }

    /** How often a consumer was to be started since {@link #failStarts}. */
    int starts() {
        return starts;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                return new DefaultConsumer(this, processor) {
                    @Override
                    protected void doStart() throws Exception {
                        starts++;
                        if (left > 0) {
                            left--;
                            throw new IllegalStateException("will not\nstart");
                        }
                        super.doStart();
                    }
                };
            }
        };
    }
}
