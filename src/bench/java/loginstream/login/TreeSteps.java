package loginstream.login;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import loginstream.config.Settings;
import loginstream.login.LoginMembers.Kind;
import loginstream.validation.LoginValidator;

/**
 * The steps as they are usually written: a Jackson tree is read, checked, added to and written. The rules are
 * Loginstream's own, since regular expressions would make it look slower than it need be.
 */
public final class TreeSteps implements LoginStep {
    private final ObjectMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();
    private final Clock clock = Clock.systemUTC();
    private final LoginValidator validator;

    public TreeSteps(Settings settings) {
        validator = new LoginValidator(settings.validation(), settings.pii()::isShown, clock);
    }

    /** Parses, validates, enriches, writes; the login is then open with its JSON, or filtered, or rejected. */
    @Override
    public void apply(Login login) throws IOException {
        byte[] value = login.source().value();
        if (value == null) {
            login.filterOut();
            return;
        }
        try {
            if (mapper.readTree(value) instanceof ObjectNode object) {
                apply(login, object);
            } else {
                login.reject(new Rejection.Unparseable(new UnparseableLoginException("not a JSON object")));
            }
        } catch (IOException e) {
            login.reject(new Rejection.Unparseable(new UnparseableLoginException("not JSON", e)));
        }
    }

    private void apply(Login login, ObjectNode object) throws IOException {
        login.parsed(members(login.source().value(), object));
        validator.apply(login);
        if (login.isOpen()) {
            Instant event = Instant.ofEpochSecond(
                    object.get(LoginField.TIMESTAMP.jsonName()).asLong());
            object.put("event_time", event.toString());
            object.put(
                    "processed_time",
                    clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
            login.marshalled(mapper.writeValueAsBytes(object));
        }
    }

    private static LoginMembers members(byte[] value, ObjectNode object) {
        LoginMembers members = new LoginMembers(value);
        for (LoginField field : LoginField.all()) {
            JsonNode node = object.get(field.jsonName());
            if (node != null) {
                members.set(field, kind(node), node.isTextual() || node.isIntegralNumber() ? node.asText() : null);
            }
        }
        return members;
    }

    private static Kind kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> Kind.STRING;
            case NULL -> Kind.NULL;
            case NUMBER -> node.isIntegralNumber() ? Kind.INTEGER : Kind.OTHER;
            default -> Kind.OTHER;
        };
    }
}
