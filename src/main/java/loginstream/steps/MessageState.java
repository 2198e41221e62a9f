package loginstream.steps;

import java.util.Map;
import loginstream.login.LoginMessage;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Body and headers of a message before a step, so that a step that is tried again sees what it saw the first time. */
final class MessageState {
    private final Object body;
    private final Map<String, Object> headers;

    private MessageState(Object body, Map<String, Object> headers) {
        this.body = body;
        this.headers = headers;
    }

    static MessageState of(Exchange exchange) {
        Message message = exchange.getMessage();
        if (message instanceof LoginMessage own && own.isUntouched()) {
            return new MessageState(message.getBody(), null);
        }
        return new MessageState(message.getBody(), copy(exchange, message.getHeaders()));
    }

    private static Map<String, Object> copy(Exchange exchange, Map<String, Object> headers) {
        return exchange.getContext()
                .getCamelContextExtension()
                .getHeadersMapFactory()
                .newMap(headers);
    }

    @SuppressWarnings("deprecation") // a step that failed may have left an out message, as old ones do
    void restore(Exchange exchange) {
        exchange.setOut(null);
        Message message = exchange.getIn();
        message.setBody(body);
        if (headers != null) {
            message.setHeaders(headers);
        } else if (message instanceof LoginMessage own) {
            own.forgetHeaders();
        }
    }
}
