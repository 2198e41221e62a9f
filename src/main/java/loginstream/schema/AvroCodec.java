package loginstream.schema;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericArray;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** Values of an Avro schema. A null of the record itself is a member that is absent. */
final class AvroCodec implements SchemaCodec {
    /** How many items room is made for; what a record says of their number may be a lie. */
    private static final int MOST_ITEMS_EXPECTED = 64;

    private final Schema schema;
    private final Map<String, FlatLogin.Kind> fields = new HashMap<>();

    AvroCodec(String text) {
        schema = new Schema.Parser().parse(text);
        if (schema.getType() != Schema.Type.RECORD) {
            throw new IllegalArgumentException("it is no record");
        }
        schema.getFields().forEach(field -> {
            if (holds(field.schema(), Schema.Type.LONG)) {
                fields.put(field.name(), FlatLogin.Kind.LONG);
            } else if (holds(field.schema(), Schema.Type.STRING)) {
                fields.put(field.name(), FlatLogin.Kind.STRING);
            }
        });
    }

    private static boolean holds(Schema schema, Schema.Type type) {
        return schema.isUnion()
                ? schema.getTypes().stream().anyMatch(branch -> branch.getType() == type)
                : schema.getType() == type;
    }

    // --- reading -------------------------------------------------------------------------------

    @Override
    public byte[] toJson(byte[] record, int begin) throws IOException {
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(record, begin, record.length - begin, null);
        IndexedRecord value = (IndexedRecord) new Reader(schema).read(null, decoder);
        if (!decoder.isEnd()) {
            throw new EOFException("something follows the record");
        }
        return JsonObjects.of(json -> writeMembers(json, value), 2 * record.length);
    }

    private static final class Reader extends GenericDatumReader<Object> {
        Reader(Schema schema) {
            super(schema);
        }

        @Override
        protected Object newMap(Object old, int size) {
            return new HashMap<>();
        }

        @Override
        protected Object newArray(Object old, int size, Schema schema) {
            return new GenericData.Array<>(Math.min(size, MOST_ITEMS_EXPECTED), schema);
        }
    }

    private static void writeMembers(JsonGenerator json, IndexedRecord record) throws IOException {
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            if (field.name().equals(FlatLogin.EXTENSIONS) && value instanceof Map<?, ?> extensions) {
                JsonObjects.writeExtensions(json, extensions);
            } else if (value != null) {
                json.writeFieldName(field.name());
                write(json, value);
            }
        }
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof CharSequence || value instanceof GenericData.EnumSymbol) {
            json.writeString(value.toString());
        } else if (value instanceof Long || value instanceof Integer) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value instanceof Float number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof ByteBuffer bytes) {
            json.writeBinary(bytes.array());
        } else if (value instanceof GenericFixed fixed) {
            json.writeBinary(fixed.bytes());
        } else if (value instanceof GenericArray<?> items) {
            writeItems(json, items);
        } else if (value instanceof Map<?, ?> map) {
            writeMap(json, map);
        } else if (value instanceof IndexedRecord record) {
            writeRecord(json, record);
        } else {
            throw new IOException("no JSON for " + value.getClass().getSimpleName());
        }
    }

    private static void writeItems(JsonGenerator json, Collection<?> items) throws IOException {
        json.writeStartArray();
        for (Object item : items) {
            write(json, item);
        }
        json.writeEndArray();
    }

    private static void writeMap(JsonGenerator json, Map<?, ?> map) throws IOException {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            json.writeFieldName(entry.getKey().toString());
            write(json, entry.getValue());
        }
        json.writeEndObject();
    }

    private static void writeRecord(JsonGenerator json, IndexedRecord record) throws IOException {
        json.writeStartObject();
        for (Schema.Field field : record.getSchema().getFields()) {
            json.writeFieldName(field.name());
            write(json, record.get(field.pos()));
        }
        json.writeEndObject();
    }

    // --- writing -------------------------------------------------------------------------------

    @Override
    public void write(byte[] json, ByteArrayOutputStream value) throws IOException, SchemaMismatchException {
        FlatLogin login = FlatLogin.of(json, fields);
        GenericData.Record record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            Object content = field.name().equals(FlatLogin.EXTENSIONS)
                    ? login.extensions()
                    : login.values().get(field.name());
            if (content == null && !field.schema().isNullable()) {
                throw new SchemaMismatchException(field.name(), "missing");
            }
            record.put(field.pos(), content);
        }
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(value, null);
        new GenericDatumWriter<>(schema).write(record, encoder);
    }
}
