package loginstream.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import loginstream.login.LoginParser;

/**
 * A login as schemas without free members hold it: a value for each of its fields, and every other member as JSON text in
 * {@value #EXTENSIONS}.
 */
public final class FlatLogin {
    static final String EXTENSIONS = "extensions";

    /** What a field may hold. */
    public enum Kind {
        STRING,
        LONG
    }

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES) // they come from outside
            .streamReadConstraints(LoginParser.LIMITS)
            .build();

    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, String> extensions = new HashMap<>();

    private FlatLogin() {}

    /**
     * Takes a JSON object apart.
     *
     * @param fields those that have a place of their own
     * @throws SchemaMismatchException if a field holds something else
     */
    public static FlatLogin of(byte[] json, Map<String, Kind> fields) throws IOException, SchemaMismatchException {
        FlatLogin login = new FlatLogin();
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                Kind kind = fields.get(name);
                if (kind == null) {
                    login.extensions.put(name, text(json, parser));
                } else if (token != JsonToken.VALUE_NULL) {
                    login.values.put(name, value(name, kind, token, parser));
                }
            }
        }
        return login;
    }

    private static Object value(String name, Kind kind, JsonToken token, JsonParser parser)
            throws IOException, SchemaMismatchException {
        if (kind == Kind.STRING && token == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        if (kind == Kind.LONG && (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_STRING)) {
            try {
                return Long.valueOf(parser.getText().strip());
            } catch (NumberFormatException e) {
                throw new SchemaMismatchException(name, "no whole number of 64 bits");
            }
        }
        parser.skipChildren();
        throw new SchemaMismatchException(name, kind == Kind.STRING ? "not a string" : "not a whole number");
    }

    /** As it was written. */
    private static String text(byte[] json, JsonParser parser) throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        return new String(json, start, end - start, StandardCharsets.UTF_8);
    }

    /** By field; those that are absent or null are not in it. */
    public Map<String, Object> values() {
        return values;
    }

    /** JSON text by the names of members that have no field. */
    public Map<String, String> extensions() {
        return extensions;
    }
}
