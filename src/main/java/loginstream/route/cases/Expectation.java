package loginstream.route.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a test would have to expect to pass: what came out, in the words of the test as far as they still fit. */
final class Expectation {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Expectation() {}

    /** The members {@code sent}, {@code dead-letters} and {@code filtered}, each where there is something to expect. */
    static ObjectNode of(JsonNode before, Happened happened) {
        ObjectNode expected = NODES.objectNode();
        ObjectNode sent = NODES.objectNode();
        Set<String> names = new LinkedHashSet<>();
        before.path("sent").fieldNames().forEachRemaining(names::add);
        names.addAll(happened.sent().keySet());
        names.retainAll(happened.sent().keySet());
        names.forEach(name -> sent.set(
                name, records(before.path("sent").path(name), happened.sent().get(name))));
        if (!sent.isEmpty()) {
            expected.set("sent", sent);
        }
        if (!happened.deadLetters().isEmpty()) {
            expected.set("dead-letters", deadLetters(before.path("dead-letters"), happened.deadLetters()));
        }
        if (happened.filtered() > 0) {
            expected.set("filtered", new IntNode(happened.filtered()));
        }
        return expected;
    }

    private static ArrayNode records(JsonNode before, List<Happened.Sent> sent) {
        ArrayNode records = NODES.arrayNode();
        for (Happened.Sent one : sent) {
            records.add(record(before.path(records.size()), one));
        }
        return records;
    }

    private static ObjectNode record(JsonNode before, Happened.Sent sent) {
        ObjectNode record = NODES.objectNode();
        JsonNode json = Values.json(sent.value());
        boolean first = before.isMissingNode();
        if (first ? sent.key() != null : before.has("key")) {
            record.set("key", kept(before.path("key"), text(Values.text(sent.key()))));
        }
        if (before.has("headers")) {
            ObjectNode headers = record.putObject("headers");
            before.get("headers")
                    .properties()
                    .forEach(header -> headers.set(
                            header.getKey(),
                            kept(header.getValue(), text(sent.headers().get(header.getKey())))));
        }
        if (before.has("timestamp") && sent.timestamp() != null) {
            record.put("timestamp", Instant.ofEpochMilli(sent.timestamp()).toString());
        }
        if (before.has("partition") && sent.partition() != null) {
            record.put("partition", sent.partition());
        }
        if (before.has("contains") && json != null) {
            ObjectNode members = record.putObject("contains");
            before.get("contains")
                    .properties()
                    .forEach(
                            member -> members.set(member.getKey(), kept(member.getValue(), json.get(member.getKey()))));
        }
        if (before.has("base64") && sent.value() != null) {
            record.put("base64", Base64.getEncoder().encodeToString(sent.value()));
        }
        boolean whole = first || before.has("json") || before.has("contains");
        if (json != null && (first || before.has("json"))) {
            record.set("json", kept(before.path("json"), json));
        } else if (before.has("text") || whole && json == null) {
            record.set("text", kept(before.path("text"), text(Values.text(sent.value()))));
        }
        return record;
    }

    private static ArrayNode deadLetters(JsonNode before, List<Happened.DeadLetter> deadLetters) {
        ArrayNode array = NODES.arrayNode();
        for (Happened.DeadLetter one : deadLetters) {
            JsonNode old = before.path(array.size());
            ObjectNode letter = array.addObject();
            letter.put("record", one.record());
            if (old.isMissingNode() || old.has("failure")) {
                letter.put("failure", one.failure());
            }
            if (old.isMissingNode() || old.has("reason")) {
                letter.set("reason", kept(old.path("reason"), text(one.reason())));
            }
            if (old.has("attempts")) {
                letter.put("attempts", one.attempts());
            }
        }
        return array;
    }

    private static JsonNode text(String textOrNull) {
        return textOrNull == null ? null : new TextNode(textOrNull);
    }

    /** What is written already, wherever that fits. */
    private static JsonNode kept(JsonNode before, JsonNode actualOrNull) {
        if (!(before instanceof MissingNode) && Comparison.fits(before, actualOrNull)) {
            return before;
        }
        if (actualOrNull == null) {
            return new TextNode(Comparison.ABSENT);
        }
        if (!before.isObject() || !actualOrNull.isObject()) {
            return actualOrNull;
        }
        ObjectNode members = NODES.objectNode();
        actualOrNull
                .properties()
                .forEach(member -> members.set(member.getKey(), kept(before.path(member.getKey()), member.getValue())));
        return members;
    }
}
