package loginstream.delivery;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import loginstream.login.LoginMessage;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The headers of a record that a single step sends: those of the input as they were, doubled names, order and all, but
 * for what steps have changed in the message's headers. A header is untouched as long as its value is the very array that
 * was consumed; those that Camel keeps from messages (it drops several prefixes) are always untouched.
 */
final class OutgoingHeaders {
    private OutgoingHeaders() {}

    static Headers of(Headers input, Exchange exchange, KafkaConfiguration configuration) {
        if (exchange.getMessage() instanceof LoginMessage own && own.isSparse()) {
            if (own.isUntouched()) {
                return input;
            }
            Headers more = new RecordHeaders(input);
            if (addSet(own, input, more, exchange, configuration)) {
                return more;
            }
        }
        return compared(input, exchange, configuration);
    }

    /** Only a few were set; false where one of them takes the place of one that was consumed. */
    private static boolean addSet(
            LoginMessage own, Headers input, Headers more, Exchange exchange, KafkaConfiguration configuration) {
        boolean[] allNew = {true};
        own.forEachSet((name, value) -> {
            for (Header header : input) {
                allNew[0] &= !header.key().equalsIgnoreCase(name);
            }
            add(name, value, more, exchange, configuration);
        });
        return allNew[0];
    }

    private static void add(
            String name, Object value, Headers outgoing, Exchange exchange, KafkaConfiguration configuration) {
        if (value != null
                && !configuration.getHeaderFilterStrategy().applyFilterToCamelHeaders(name, value, exchange)) {
            byte[] bytes = configuration.getHeaderSerializer().serialize(name, value);
            if (bytes != null) {
                outgoing.add(name, bytes);
            }
        }
    }

    private static Headers compared(Headers input, Exchange exchange, KafkaConfiguration configuration) {
        Map<String, Object> message = exchange.getMessage().getHeaders();
        Map<String, byte[]> consumed = new HashMap<>();
        for (Header header : input) {
            consumed.put(lower(header.key()), header.value());
        }
        Headers outgoing = new RecordHeaders();
        for (Header header : input) {
            boolean hidden = configuration
                    .getHeaderFilterStrategy()
                    .applyFilterToExternalHeaders(header.key(), header.value(), exchange);
            if (hidden || message.get(header.key()) == consumed.get(lower(header.key()))) {
                outgoing.add(header);
            }
        }
        message.forEach((name, value) -> {
            boolean untouched = consumed.containsKey(lower(name)) && consumed.get(lower(name)) == value;
            if (!untouched) {
                add(name, value, outgoing, exchange, configuration);
            }
        });
        return outgoing;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
