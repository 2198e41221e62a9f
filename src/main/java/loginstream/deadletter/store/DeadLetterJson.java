package loginstream.deadletter.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import loginstream.deadletter.DeadLetterHeaders;
import loginstream.login.Failure;
import org.apache.kafka.common.header.Header;

/**
 * Dead letters as JSON objects. Bytes that are UTF-8 come as text, others in Base64 as a member whose name ends in
 * {@code _base64}.
 */
public final class DeadLetterJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BASE64 = "_base64";

    private DeadLetterJson() {}

    /** One line for a list: without headers and value. */
    public static ObjectNode summary(StoredDeadLetter letter) {
        ObjectNode json = JSON.createObjectNode();
        json.put("position", letter.position().toString());
        json.put("failed_at", letter.failedAt().toString());
        json.put("failure", letter.failure());
        json.put("reason", letter.reason());
        json.put("source", letter.source());
        json.put("attempts", letter.attempts());
        json.put("redrives", letter.redrives());
        json.put("redriven", letter.redriven());
        json.put(
                "timestamp",
                letter.timestamp() < 0
                        ? null
                        : Instant.ofEpochMilli(letter.timestamp()).toString());
        put(json, "key", letter.key());
        json.put("value_bytes", letter.valueBytes());
        return json;
    }

    /** All of it. Headers are an array, because a name may come twice. */
    public static ObjectNode whole(StoredDeadLetter letter) {
        ObjectNode json = summary(letter);
        ArrayNode headers = json.putArray("headers");
        for (Header header : letter.headers()) {
            ObjectNode object = headers.addObject().put("name", header.key());
            Optional<Long> number = number(header);
            if (number.isPresent()) {
                object.put("value", number.get());
            } else {
                put(object, "value", header.value());
            }
        }
        put(json, "value", letter.value());
        return json;
    }

    /**
     * The same for people who may not see personal data: without key, value and foreign headers, of the reason only what is
     * not quoted.
     *
     * @param why stands in the place of the value
     */
    public static ObjectNode discreet(StoredDeadLetter letter, String why) {
        ObjectNode json = discreetSummary(letter);
        json.putArray("headers");
        json.put("value", why);
        return json;
    }

    /** The same for a list. */
    public static ObjectNode discreetSummary(StoredDeadLetter letter) {
        ObjectNode json = summary(letter);
        json.remove(List.of("key", "key" + BASE64));
        json.putNull("key");
        // The rules of the validation know by themselves what they may quote; parsers and steps do not.
        if (!letter.failure().equals(Failure.INVALID.word())) {
            json.put("reason", letter.reason().split(":", 2)[0]);
        }
        return json;
    }

    /** Counts. */
    public static ObjectNode of(DeadLetterStats stats) {
        ObjectNode json = JSON.createObjectNode();
        json.put("total", stats.total());
        json.put("redriven", stats.redriven());
        counts(json.putObject("by_failure"), stats.byFailure());
        counts(json.putObject("by_reason"), stats.byReason());
        return json;
    }

    /** The number in one of the headers that hold a number in binary. */
    public static Optional<Long> number(Header header) {
        byte[] value = header.value();
        return switch (header.key()) {
            case DeadLetterHeaders.ORIGINAL_PARTITION ->
                value != null && value.length == Integer.BYTES
                        ? Optional.of((long) ByteBuffer.wrap(value).getInt())
                        : Optional.empty();
            case DeadLetterHeaders.ORIGINAL_OFFSET, DeadLetterHeaders.ORIGINAL_TIMESTAMP ->
                value != null && value.length == Long.BYTES
                        ? Optional.of(ByteBuffer.wrap(value).getLong())
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** The text that bytes are; empty where they are no UTF-8. */
    public static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static void counts(ObjectNode json, Map<String, Long> counts) {
        counts.forEach(json::put);
    }

    private static void put(ObjectNode json, String name, byte[] bytes) {
        if (bytes == null) {
            json.putNull(name);
        } else {
            text(bytes)
                    .ifPresentOrElse(
                            text -> json.put(name, text),
                            () -> json.put(name + BASE64, Base64.getEncoder().encodeToString(bytes)));
        }
    }
}
