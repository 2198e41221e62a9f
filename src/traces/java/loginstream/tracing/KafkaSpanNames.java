package loginstream.tracing;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.telemetry.decorators.KafkaSpanDecorator;

/**
 * Names spans of topics as OpenTelemetry's conventions do: what is done, and with which topic. Found by Camel as a service.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/">Messaging spans</a>
 */
public final class KafkaSpanNames extends KafkaSpanDecorator {
    static final String PROCESS = "process ";
    static final String SEND = "send ";

    @Override
    public String getOperationName(Exchange exchange, Endpoint endpoint) {
        String operation = endpoint == exchange.getFromEndpoint() ? PROCESS : SEND;
        return operation + super.getOperationName(exchange, endpoint);
    }
}
