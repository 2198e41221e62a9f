package loginstream.route.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import loginstream.deadletter.DeadLetterHeaders;
import loginstream.login.Login;
import loginstream.login.Outbox;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.EndpointHelper;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Takes down all that routes send, in the place of brokers and of whatever else they send to. May be used by several threads. */
public final class Recorder implements Outbox {
    private final JsonNode expected;
    private final Replies replies;
    private final Map<String, List<Happened.Sent>> sent = new LinkedHashMap<>();
    private final List<Happened.DeadLetter> deadLetters = new ArrayList<>();

    Recorder(TestCase test) {
        this.expected = test.written().path("sent");
        this.replies = new Replies(test.written().path("replies"), test.file().replies());
    }

    /** In a login's transaction. */
    @Override
    public void send(ProducerRecord<byte[], byte[]> record, Login cause) {
        if (cause.isDeadLetter(record)) {
            deadLetter(record, cause);
        } else {
            send(record);
        }
    }

    private synchronized void deadLetter(ProducerRecord<byte[], byte[]> record, Login cause) {
        Map<String, String> headers = headers(record.headers());
        deadLetters.add(new Happened.DeadLetter(
                (int) cause.source().offset() + 1,
                headers.get(DeadLetterHeaders.FAILURE),
                headers.get(DeadLetterHeaders.REASON),
                Integer.parseInt(headers.get(DeadLetterHeaders.ATTEMPTS))));
    }

    /** Outside of any transaction. */
    public void send(ProducerRecord<byte[], byte[]> record) {
        add(
                record.topic(),
                new Happened.Sent(
                        record.key(),
                        record.partition(),
                        record.timestamp(),
                        record.value(),
                        headers(record.headers())));
    }

    /** To something that is not Kafka. */
    public void send(String uri, Exchange exchange) {
        Message message = exchange.getMessage();
        Map<String, String> headers = new LinkedHashMap<>();
        message.getHeaders().forEach((name, value) -> {
            String text = message.getHeader(name, String.class);
            if (text != null) {
                headers.put(name, text);
            }
        });
        add(name(uri, exchange), new Happened.Sent(null, null, null, bytes(message), headers));
        replies.answer(uri, exchange);
    }

    /** What has no other form goes as JSON. */
    private static byte[] bytes(Message message) {
        byte[] bytes = message.getBody(byte[].class);
        Object body = message.getBody();
        return bytes != null || body == null
                ? bytes
                : Values.shown(Values.MAPPER.valueToTree(body)).getBytes(StandardCharsets.UTF_8);
    }

    /** As the test calls the endpoint. */
    private String name(String uri, Exchange exchange) {
        return expected.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> name.contains(":") && EndpointHelper.matchEndpoint(exchange.getContext(), uri, name))
                .findFirst()
                .orElse(uri);
    }

    private synchronized void add(String name, Happened.Sent one) {
        sent.computeIfAbsent(name, any -> new ArrayList<>()).add(one);
    }

    private static Map<String, String> headers(Headers headers) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Header header : headers) {
            texts.put(header.key(), header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8));
        }
        return texts;
    }

    synchronized Happened happened(int filtered) {
        return new Happened(Collections.unmodifiableMap(new LinkedHashMap<>(sent)), List.copyOf(deadLetters), filtered);
    }
}
