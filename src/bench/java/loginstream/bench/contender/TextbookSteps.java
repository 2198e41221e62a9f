package loginstream.bench.contender;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import loginstream.login.LoginField;
import loginstream.login.Violation;

/** What the textbook's route does with a record, in the simplest way: a Jackson tree, a regular expression for each rule. */
final class TextbookSteps {
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
    private static final long EARLIEST = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();

    private final Map<LoginField, Predicate<String>> rules = new EnumMap<>(LoginField.class);

    TextbookSteps() {
        rules.put(LoginField.USER_ID, matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"));
        rules.put(LoginField.APP_VERSION, matches("[0-9]+(\\.[0-9]+){0,3}([-+][0-9A-Za-z.+_-]+)?"));
        rules.put(LoginField.DEVICE_TYPE, matches("(?=.*\\S)\\P{Cntrl}{1,64}"));
        rules.put(LoginField.IP, matches(OCTET + "(\\." + OCTET + "){3}"));
        rules.put(LoginField.LOCALE, matches("[A-Za-z]{2,3}([-_][0-9A-Za-z]{1,8})*"));
        rules.put(LoginField.DEVICE_ID, matches("(?=.*\\S)\\P{Cntrl}{1,128}"));
        rules.put(LoginField.TIMESTAMP, TextbookSteps::isTime);
    }

    private static Predicate<String> matches(String pattern) {
        return Pattern.compile(pattern).asMatchPredicate();
    }

    private static boolean isTime(String text) {
        try {
            long seconds = Long.parseLong(text);
            return seconds >= EARLIEST && seconds <= System.currentTimeMillis() / 1000 + 300;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    List<Violation> violations(JsonNode login) {
        List<Violation> violations = new ArrayList<>();
        rules.forEach((field, rule) -> {
            JsonNode value = login.get(field.jsonName());
            if (value == null || value.isNull()) {
                violations.add(new Violation(field, "missing"));
            } else if (!rule.test(value.asText())) {
                violations.add(new Violation(field, "not valid: " + value.asText()));
            }
        });
        return violations;
    }

    ObjectNode enrich(ObjectNode login) {
        login.put(
                "event_time",
                Instant.ofEpochSecond(login.get("timestamp").asLong()).toString());
        login.put("processed_time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        return login;
    }
}
