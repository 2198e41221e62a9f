package loginstream.schema;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** JSON texts. What is read is not held against the schema: the validator's rules say more; what is written is. */
final class JsonSchemaCodec implements SchemaCodec {
    private final Schema schema;

    JsonSchemaCodec(String text) {
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(text);
    }

    @Override
    public byte[] toJson(byte[] record, int begin) {
        return Arrays.copyOfRange(record, begin, record.length);
    }

    @Override
    public void write(byte[] json, ByteArrayOutputStream value) throws SchemaMismatchException {
        Error worst = schema.validate(new String(json, StandardCharsets.UTF_8), InputFormat.JSON).stream()
                .max(Comparator.comparing(error -> error.getInstanceLocation().getNameCount()))
                .orElse(null);
        if (worst != null) {
            throw new SchemaMismatchException(field(worst), worst.getMessage());
        }
        value.writeBytes(json);
    }

    private static String field(Error error) {
        if (error.getInstanceLocation().getNameCount() > 0) {
            return error.getInstanceLocation().getElement(0).toString();
        }
        return error.getProperty() == null ? "the login" : error.getProperty();
    }
}
