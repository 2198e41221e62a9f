package loginstream.route.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a test expects, against what has happened. */
final class Comparison {
    static final String ANY = "$any";
    static final String ABSENT = "$absent";
    static final String MATCHES = "$matches";
    private static final String NOTHING = "nothing";

    private final List<Difference> differences = new ArrayList<>();

    private Comparison() {}

    /**
     * All that differs.
     *
     * @param expected a case as the schema has it
     */
    static List<Difference> of(JsonNode expected, Happened happened) {
        Comparison comparison = new Comparison();
        comparison.compare(expected, happened);
        return comparison.differences;
    }

    private void compare(JsonNode expected, Happened happened) {
        Set<String> names = new LinkedHashSet<>();
        expected.path("sent").fieldNames().forEachRemaining(names::add);
        names.addAll(happened.sent().keySet());
        for (String name : names) {
            compareSent(
                    name,
                    list(expected.path("sent").path(name)),
                    happened.sent().getOrDefault(name, List.of()));
        }
        compareDeadLetters(list(expected.path("dead-letters")), happened.deadLetters());
        int filtered = expected.path("filtered").asInt(0);
        if (filtered != happened.filtered()) {
            differ("filtered", Integer.toString(filtered), Integer.toString(happened.filtered()));
        }
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> list = new ArrayList<>();
        array.forEach(list::add);
        return list;
    }

    private void compareSent(String name, List<JsonNode> expected, List<Happened.Sent> sent) {
        for (int i = 0; i < Math.max(expected.size(), sent.size()); i++) {
            String where = name + ", record " + (i + 1);
            if (i >= sent.size()) {
                differ(where, Values.shown(expected.get(i)), NOTHING);
            } else if (i >= expected.size()) {
                differ(where, NOTHING, shown(sent.get(i)));
            } else {
                compareSent(where, expected.get(i), sent.get(i));
            }
        }
    }

    private static String shown(Happened.Sent sent) {
        return "key " + Values.text(sent.key()) + ", value " + Values.text(sent.value());
    }

    private void compareSent(String where, JsonNode expected, Happened.Sent sent) {
        compareText(where + ", key", expected.get("key"), Values.text(sent.key()));
        expected.path("headers")
                .properties()
                .forEach(header -> compareText(
                        where + ", header " + header.getKey(),
                        header.getValue(),
                        sent.headers().get(header.getKey())));
        if (expected.has("partition")) {
            Integer partition = sent.partition();
            compare(
                    where + ", partition",
                    expected.get("partition"),
                    partition == null ? null : new IntNode(partition));
        }
        if (expected.has("timestamp")) {
            Instant wanted = Instant.parse(expected.get("timestamp").textValue());
            Instant actual = sent.timestamp() == null ? null : Instant.ofEpochMilli(sent.timestamp());
            if (!wanted.equals(actual)) {
                differ(where + ", timestamp", wanted.toString(), String.valueOf(actual));
            }
        }
        compareText(where + ", text", expected.get("text"), Values.text(sent.value()));
        compareBytes(where + ", base64", expected.get("base64"), sent.value());
        JsonNode json = Values.json(sent.value());
        if (json == null && (expected.has("json") || expected.has("contains"))) {
            differ(where, "JSON", String.valueOf(Values.text(sent.value())));
            return;
        }
        if (expected.has("json")) {
            compare(where + ", json", expected.get("json"), json);
        }
        expected.path("contains")
                .properties()
                .forEach(member ->
                        compare(where + ", json." + member.getKey(), member.getValue(), json.get(member.getKey())));
    }

    private void compareBytes(String where, JsonNode expectedOrNull, byte[] actual) {
        if (expectedOrNull == null) {
            return;
        }
        String shown = actual == null ? NOTHING : Base64.getEncoder().encodeToString(actual);
        try {
            String wanted = Base64.getEncoder().encodeToString(expectedOrNull.binaryValue());
            if (!wanted.equals(shown)) {
                differ(where, wanted, shown);
            }
        } catch (IOException e) {
            differ(where, "base64", expectedOrNull.asText());
        }
    }

    private void compareDeadLetters(List<JsonNode> expected, List<Happened.DeadLetter> actual) {
        for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
            String where = "dead letter " + (i + 1);
            if (i >= actual.size()) {
                differ(where, Values.shown(expected.get(i)), NOTHING);
            } else if (i >= expected.size()) {
                Happened.DeadLetter more = actual.get(i);
                differ(where, NOTHING, "record " + more.record() + ", " + more.failure() + ": " + more.reason());
            } else {
                compareDeadLetter(where, expected.get(i), actual.get(i));
            }
        }
    }

    private void compareDeadLetter(String where, JsonNode expected, Happened.DeadLetter actual) {
        compare(where + ", record", expected.get("record"), new IntNode(actual.record()));
        compareText(where + ", failure", expected.get("failure"), actual.failure());
        compareText(where + ", reason", expected.get("reason"), actual.reason());
        if (expected.has("attempts")) {
            compare(where + ", attempts", expected.get("attempts"), new IntNode(actual.attempts()));
        }
    }

    private void compareText(String where, JsonNode expectedOrNull, String actual) {
        if (expectedOrNull != null) {
            compare(where, expectedOrNull, actual == null ? null : new TextNode(actual));
        }
    }

    /** Member by member. */
    private void compare(String where, JsonNode expected, JsonNode actualOrNull) {
        if (fits(expected, actualOrNull)) {
            return;
        }
        if (expected.isObject() && !expected.has(MATCHES) && actualOrNull != null && actualOrNull.isObject()) {
            compareMembers(where, expected, actualOrNull);
        } else if (expected.isArray()
                && actualOrNull != null
                && actualOrNull.isArray()
                && expected.size() == actualOrNull.size()) {
            for (int i = 0; i < expected.size(); i++) {
                compare(where + "[" + i + "]", expected.get(i), actualOrNull.get(i));
            }
        } else {
            differ(where, Values.shown(expected), actualOrNull == null ? NOTHING : Values.shown(actualOrNull));
        }
    }

    private void compareMembers(String where, JsonNode expected, JsonNode actual) {
        Set<String> names = new LinkedHashSet<>();
        expected.fieldNames().forEachRemaining(names::add);
        actual.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            if (expected.has(name)) {
                compare(where + "." + name, expected.get(name), actual.get(name));
            } else {
                differ(where + "." + name, NOTHING, Values.shown(actual.get(name)));
            }
        }
    }

    /** Whether it is as expected, for all that can be said without going into its members. */
    static boolean fits(JsonNode expected, JsonNode actualOrNull) {
        if (ABSENT.equals(expected.textValue())) {
            return actualOrNull == null;
        }
        if (actualOrNull == null) {
            return false;
        }
        if (ANY.equals(expected.textValue())) {
            return true;
        }
        if (expected.isNumber() && actualOrNull.isNumber()) {
            return expected.decimalValue().compareTo(actualOrNull.decimalValue()) == 0;
        }
        if (expected.isObject() && expected.has(MATCHES)) {
            String text = actualOrNull.isTextual() ? actualOrNull.textValue() : Values.shown(actualOrNull);
            return Pattern.matches(expected.get(MATCHES).textValue(), text);
        }
        return expected.isValueNode() && expected.equals(actualOrNull);
    }

    private void differ(String where, String expected, String actual) {
        differences.add(new Difference(where, expected, actual));
    }
}
