package loginstream.schema;

/** What the values of a topic's records are. */
public enum Format {
    /** JSON text, without a schema. */
    JSON("", ""),
    /** JSON text behind the id of a JSON Schema. */
    JSON_SCHEMA("JSON", ".schema.json"),
    AVRO("AVRO", ".avsc"),
    PROTOBUF("PROTOBUF", ".proto");

    private final String type;
    private final String extension;

    Format(String type, String extension) {
        this.type = type;
        this.extension = extension;
    }

    /** As the registry calls it. */
    String type() {
        return type;
    }

    /** What the names of its schema files end with. */
    String extension() {
        return extension;
    }

    /** Reads and writes values of a schema in this format. */
    SchemaCodec codec(String schema) {
        return switch (this) {
            case JSON -> throw new IllegalStateException("plain JSON has no schema");
            case JSON_SCHEMA -> new JsonSchemaCodec(schema);
            case AVRO -> new AvroCodec(schema);
            case PROTOBUF -> new ProtobufCodec(schema);
        };
    }
}
