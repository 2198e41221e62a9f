package loginstream.login;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.TSFBuilder;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import loginstream.login.LoginMembers.Kind;

/**
 * Reads a record's value: the known fields only, everything else is checked and skipped. What is not of the usual shape
 * goes through Jackson's pull parser, which alone decides what is refused.
 */
public final class LoginParser {
    /** Deepest nesting accepted; a record nested deeper is unparseable. */
    public static final int MAX_DEPTH = 64;

    /** Jackson's word on where the object began that has no end; the record itself it does not have. */
    private static final Pattern OPENED_AT = Pattern.compile(" \\(start marker at \\[Source:[^\\]]*\\]\\)");

    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    /** For everything that reads a login. */
    public static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            // The length of the whole record is the limit; a long string or number in it is no fault.
            .maxStringLength(Integer.MAX_VALUE)
            .maxNumberLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .build();

    private final JsonFactory json = factory().build();
    /** Looks for doubled names at every depth, which takes a set for each object; see {@link #parse}. */
    private final JsonFactory strict =
            factory().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final ObjectMapper mapper = new ObjectMapper(json);
    private final int maxBytes;

    /**
     * @param maxBytes longest value accepted, in bytes
     */
    public LoginParser(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    private static TSFBuilder<?, ?> factory() {
        return JsonFactory.builder()
                // Names come from outside: no reason to keep them for the life of the process.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                // The other one takes time by the square of the length, many seconds for a number of a mebibyte.
                .enable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
                .streamReadConstraints(LIMITS);
    }

    /**
     * Reads one value.
     *
     * @throws UnparseableLoginException if it is not a JSON object in UTF-8 within the limits
     */
    public LoginMembers parse(byte[] value) throws UnparseableLoginException {
        if (value.length > maxBytes) {
            throw new UnparseableLoginException("longer than " + maxBytes + " bytes (it has " + value.length + ")");
        }
        if (value.length == 0) {
            throw new UnparseableLoginException("empty");
        }
        LoginMembers plain = PlainObject.read(value);
        return plain == null ? parseAny(value) : plain;
    }

    /** Reads a value of any shape. */
    LoginMembers parseAny(byte[] value) throws UnparseableLoginException {
        Encoding.requireUtf8(value);
        LoginMembers members = read(json, value);
        // Doubled names of the object itself were found on the way. Objects within it are rare: they cost a second
        // look.
        return members.isNested() ? read(strict, value) : members;
    }

    private static LoginMembers read(JsonFactory factory, byte[] value) throws UnparseableLoginException {
        try (JsonParser parser = factory.createParser(value)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new UnparseableLoginException("not a JSON object");
            }
            LoginMembers members = new LoginMembers(value);
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                readMember(parser, name, members);
            }
            if (parser.nextToken() != null) {
                throw new UnparseableLoginException("something follows the JSON object");
            }
            return members;
        } catch (StreamConstraintsException e) {
            throw new UnparseableLoginException("nested deeper than " + MAX_DEPTH + " levels", e);
        } catch (JsonProcessingException e) {
            throw new UnparseableLoginException(reason(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UnparseableLoginException(reason(e.getMessage()));
        }
    }

    /** All members of a value that was parsed before, as Java values; for those who look further than the known fields. */
    public Map<String, Object> toMap(byte[] value) throws IOException {
        return mapper.readValue(value, MAP);
    }

    private static String reason(String jacksonMessage) {
        String kind = jacksonMessage.startsWith("Duplicate field") ? "a duplicate member name: " : "not JSON: ";
        return kind + PlainText.of(OPENED_AT.matcher(jacksonMessage).replaceAll(""), 200);
    }

    private static void readMember(JsonParser parser, String name, LoginMembers members) throws IOException {
        LoginField field = LoginField.named(name);
        boolean isNew = field == null ? members.addOther(name) : members.kind(field) == Kind.ABSENT;
        if (!isNew) {
            throw new JsonParseException(parser, "Duplicate field '" + name + "'");
        }
        JsonToken token = parser.nextToken();
        if (token.isStructStart()) {
            members.setNested();
            parser.skipChildren();
        }
        if (field == null) {
            return;
        }
        switch (token) {
            case VALUE_STRING -> members.set(field, Kind.STRING, parser.getText());
            case VALUE_NUMBER_INT -> members.set(field, Kind.INTEGER, parser.getText());
            case VALUE_NULL -> members.set(field, Kind.NULL, null);
            default -> members.set(field, Kind.OTHER, null);
        }
    }
}
