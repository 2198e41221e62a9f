package loginstream.schema;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.squareup.wire.schema.CoreLoader;
import com.squareup.wire.schema.ErrorCollector;
import com.squareup.wire.schema.Linker;
import com.squareup.wire.schema.Location;
import com.squareup.wire.schema.ProtoFile;
import com.squareup.wire.schema.Schema;
import com.squareup.wire.schema.internal.SchemaEncoder;
import com.squareup.wire.schema.internal.parser.ProtoParser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the text of a {@code .proto} file: Wire does, for Protobuf's own compiler is no Java. */
final class ProtobufFile {
    private static final String NAME = "schema.proto";

    private final SchemaEncoder encoder;
    private final Schema schema;
    private final Map<String, FileDescriptor> built = new HashMap<>();

    private ProtobufFile(Schema schema) {
        this.schema = schema;
        this.encoder = new SchemaEncoder(schema);
    }

    /**
     * Reads one that imports nothing but Google's own.
     *
     * @throws RuntimeException if it cannot be used, with a message that says why
     */
    static FileDescriptor parse(String text) {
        ProtoFile file = ProtoFile.Companion.get(ProtoParser.Companion.parse(Location.get(NAME), text));
        ErrorCollector errors = new ErrorCollector();
        Schema schema = new Linker(CoreLoader.INSTANCE, errors, true, true).link(List.of(file));
        errors.throwIfNonEmpty();
        try {
            return new ProtobufFile(schema).build(NAME);
        } catch (InvalidProtocolBufferException | DescriptorValidationException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private FileDescriptor build(String name) throws InvalidProtocolBufferException, DescriptorValidationException {
        FileDescriptor before = built.get(name);
        if (before != null) {
            return before;
        }
        FileDescriptorProto proto = FileDescriptorProto.parseFrom(
                encoder.encode(schema.protoFile(name)).toByteArray());
        FileDescriptor[] imports = new FileDescriptor[proto.getDependencyCount()];
        for (int i = 0; i < imports.length; i++) {
            imports[i] = build(proto.getDependency(i));
        }
        FileDescriptor file = FileDescriptor.buildFrom(proto, imports);
        built.put(name, file);
        return file;
    }
}
