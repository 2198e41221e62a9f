package loginstream.schema;

/**
 * A schema as the registry has it.
 *
 * @param type {@code AVRO}, {@code JSON}, {@code PROTOBUF}
 */
record RegisteredSchema(String type, String text) {}
