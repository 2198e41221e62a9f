package loginstream.login;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Members to set in a JSON object. All others stay as they are written, byte for byte. */
public final class MemberEdits {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Map<String, byte[]> members;
    private final LoginParser parser = new LoginParser(Integer.MAX_VALUE);
    private final LoginWriter writer = new LoginWriter();

    private MemberEdits(Map<String, byte[]> members) {
        this.members = members;
    }

    /** No edits. */
    public static MemberEdits none() {
        return new MemberEdits(Map.of());
    }

    /**
     * Reads edits, each {@code name=value}. A value that is JSON, e.g. {@code 7}, {@code null} or {@code "7"}, is
     * taken as that; any other is a string. Of two with one name the later counts.
     *
     * @throws IllegalArgumentException if one has no name
     */
    public static MemberEdits parse(List<String> edits) {
        Map<String, byte[]> members = new LinkedHashMap<>();
        for (String edit : edits) {
            int equals = edit.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "'" + edit + "' is no edit: write NAME=VALUE, such as device_type=unknown");
            }
            members.put(edit.substring(0, equals), json(edit.substring(equals + 1)));
        }
        return new MemberEdits(members);
    }

    private static byte[] json(String value) {
        try {
            if (!JSON.readTree(value).isMissingNode()) {
                return value.strip().getBytes(StandardCharsets.UTF_8);
            }
        } catch (JsonProcessingException e) {
            // no JSON: a string, as most people will mean it
        }
        return MemberName.quoted(value);
    }

    public boolean isEmpty() {
        return members.isEmpty();
    }

    /** Each as JSON, by name, for showing. */
    public Map<String, String> asJson() {
        Map<String, String> shown = new LinkedHashMap<>();
        members.forEach((name, value) -> shown.put(name, new String(value, StandardCharsets.UTF_8)));
        return shown;
    }

    /**
     * Sets the members: in its place where there is one of that name, else at the end.
     *
     * @param value may be null
     * @throws UnparseableLoginException if the value is not a JSON object in UTF-8
     */
    public byte[] applyTo(byte[] value) throws UnparseableLoginException {
        if (members.isEmpty()) {
            return value;
        }
        if (value == null) {
            throw new UnparseableLoginException("no value");
        }
        Login login = new Login(new ConsumerRecord<>("edited", 0, 0, null, value), (record, cause) -> {});
        login.parsed(parser.parse(value));
        members.forEach((name, json) -> {
            MemberName member = MemberName.of(name);
            if (login.members().has(member)) {
                login.edits().replace(name, json);
            } else {
                login.edits().append(member, json);
            }
        });
        try {
            return writer.write(login);
        } catch (IOException e) {
            throw new UnparseableLoginException(e.getMessage());
        }
    }
}
