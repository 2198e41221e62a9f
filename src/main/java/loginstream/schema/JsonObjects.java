package loginstream.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;

/** Writes the JSON of values that have a schema. */
final class JsonObjects {
    private static final ObjectMapper STRICT =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final JsonFactory JSON = new JsonFactory();

    private JsonObjects() {}

    interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    /** A JSON object of these members. */
    static byte[] of(Members members, int size) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(size);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /**
     * Writes the members whose values are JSON texts.
     *
     * @throws IOException if one is not
     */
    static void writeExtensions(JsonGenerator json, Map<?, ?> extensions) throws IOException {
        for (Map.Entry<?, ?> extension : extensions.entrySet()) {
            String text = extension.getValue().toString();
            STRICT.readTree(text); // else it could say anything about the fields
            json.writeFieldName(extension.getKey().toString());
            json.writeRawValue(text);
        }
    }
}
