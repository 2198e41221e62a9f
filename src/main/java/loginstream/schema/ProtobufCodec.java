package loginstream.schema;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages of a Protobuf schema. In front of each, Confluent's wire format says which message of the file it is, as a path
 * of numbers; a single 0 is the first. Fields that are not set are absent.
 */
final class ProtobufCodec implements SchemaCodec {
    private static final byte FIRST_MESSAGE = 0;

    private final FileDescriptor file;
    private final Descriptor first;
    private final Map<String, FlatLogin.Kind> fields = new HashMap<>();

    ProtobufCodec(String text) {
        file = ProtobufFile.parse(text);
        if (file.getMessageTypes().isEmpty()) {
            throw new IllegalArgumentException("there is no message in it");
        }
        first = file.getMessageTypes().get(0);
        for (FieldDescriptor field : first.getFields()) {
            if (!field.isRepeated()) {
                switch (field.getJavaType()) {
                    case LONG -> fields.put(field.getName(), FlatLogin.Kind.LONG);
                    case STRING -> fields.put(field.getName(), FlatLogin.Kind.STRING);
                    default -> {}
                }
            }
        }
    }

    // --- reading -------------------------------------------------------------------------------

    @Override
    public byte[] toJson(byte[] record, int begin) throws IOException {
        CodedInputStream input = CodedInputStream.newInstance(record, begin, record.length - begin);
        Message message = DynamicMessage.parseFrom(messageType(input), input);
        input.checkLastTagWas(0);
        return JsonObjects.of(json -> writeMembers(json, message), 2 * record.length);
    }

    private Descriptor messageType(CodedInputStream input) throws IOException {
        int length = input.readSInt32();
        if (length == 0) {
            return first;
        }
        List<Descriptor> types = file.getMessageTypes();
        Descriptor type = null;
        for (int i = 0; i < length; i++) {
            int index = input.readSInt32();
            if (index < 0 || index >= types.size()) {
                throw new IOException("its schema has no such message");
            }
            type = types.get(index);
            types = type.getNestedTypes();
        }
        if (type == null) {
            throw new IOException("its schema has no such message");
        }
        return type;
    }

    private static void writeMembers(JsonGenerator json, Message message) throws IOException {
        for (Map.Entry<FieldDescriptor, Object> member : message.getAllFields().entrySet()) {
            FieldDescriptor field = member.getKey();
            if (field.getName().equals(FlatLogin.EXTENSIONS) && field.isMapField()) {
                JsonObjects.writeExtensions(json, map(field, (List<?>) member.getValue()));
            } else {
                json.writeFieldName(field.getName());
                write(json, field, member.getValue());
            }
        }
    }

    private static void write(JsonGenerator json, FieldDescriptor field, Object value) throws IOException {
        if (field.isMapField()) {
            FieldDescriptor valueField = field.getMessageType().findFieldByNumber(2);
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map(field, (List<?>) value).entrySet()) {
                json.writeFieldName(entry.getKey().toString());
                writeOne(json, valueField, entry.getValue());
            }
            json.writeEndObject();
        } else if (field.isRepeated()) {
            json.writeStartArray();
            for (Object item : (List<?>) value) {
                writeOne(json, field, item);
            }
            json.writeEndArray();
        } else {
            writeOne(json, field, value);
        }
    }

    private static void writeOne(JsonGenerator json, FieldDescriptor field, Object value) throws IOException {
        switch (field.getJavaType()) {
            case STRING -> json.writeString((String) value);
            case LONG -> json.writeNumber((Long) value);
            case INT -> json.writeNumber((Integer) value);
            case DOUBLE -> json.writeNumber((Double) value);
            case FLOAT -> json.writeNumber((Float) value);
            case BOOLEAN -> json.writeBoolean((Boolean) value);
            case BYTE_STRING -> json.writeBinary(((ByteString) value).toByteArray());
            case ENUM -> json.writeString(((EnumValueDescriptor) value).getName());
            case MESSAGE -> {
                json.writeStartObject();
                for (Map.Entry<FieldDescriptor, Object> member :
                        ((Message) value).getAllFields().entrySet()) {
                    json.writeFieldName(member.getKey().getName());
                    write(json, member.getKey(), member.getValue());
                }
                json.writeEndObject();
            }
        }
    }

    /** The later of two entries of one key counts. */
    private static Map<Object, Object> map(FieldDescriptor field, List<?> entries) {
        FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
        FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
        Map<Object, Object> map = new LinkedHashMap<>();
        entries.forEach(entry -> map.put(((Message) entry).getField(key), ((Message) entry).getField(value)));
        return map;
    }

    // --- writing -------------------------------------------------------------------------------

    @Override
    public void write(byte[] json, ByteArrayOutputStream value) throws IOException, SchemaMismatchException {
        FlatLogin login = FlatLogin.of(json, fields);
        DynamicMessage.Builder message = DynamicMessage.newBuilder(first);
        login.values().forEach((name, content) -> message.setField(first.findFieldByName(name), content));
        FieldDescriptor extensions = first.findFieldByName(FlatLogin.EXTENSIONS);
        Descriptor entry = extensions.getMessageType();
        login.extensions()
                .forEach((name, text) -> message.addRepeatedField(
                        extensions,
                        DynamicMessage.newBuilder(entry)
                                .setField(entry.findFieldByNumber(1), name)
                                .setField(entry.findFieldByNumber(2), text)
                                .build()));
        value.write(FIRST_MESSAGE);
        message.build().writeTo(value);
    }
}
