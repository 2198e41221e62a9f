package loginstream.route.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.support.EndpointHelper;

/** What endpoints beyond the process answer in a test. */
final class Replies {
    private final List<JsonNode> replies = new ArrayList<>();
    private final Map<JsonNode, Integer> given = new IdentityHashMap<>();

    /**
     * @param first those that count before the others
     */
    Replies(JsonNode first, JsonNode others) {
        first.forEach(replies::add);
        others.forEach(replies::add);
    }

    /**
     * Answers.
     *
     * @throws IllegalStateException where the answer is a failure
     */
    synchronized void answer(String uri, Exchange exchange) {
        for (JsonNode reply : replies) {
            if (EndpointHelper.matchEndpoint(
                            exchange.getContext(), uri, reply.get("to").textValue())
                    && isLeft(reply)) {
                given.merge(reply, 1, Integer::sum);
                answer(reply, exchange);
                return;
            }
        }
    }

    private boolean isLeft(JsonNode reply) {
        return !reply.has("times")
                || given.getOrDefault(reply, 0) < reply.get("times").intValue();
    }

    private static void answer(JsonNode reply, Exchange exchange) {
        if (reply.has("fails")) {
            throw new IllegalStateException(reply.get("fails").textValue());
        }
        reply.path("headers").properties().forEach(header -> exchange.getMessage()
                .setHeader(header.getKey(), value(header.getValue())));
        if (reply.has("json")) {
            exchange.getMessage().setBody(Values.shown(reply.get("json")));
        } else if (reply.has("text")) {
            exchange.getMessage().setBody(reply.get("text").textValue());
        }
    }

    private static Object value(JsonNode header) {
        return header.isNumber() ? header.numberValue() : header.textValue();
    }
}
