package loginstream.schema;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Turns JSON into the values of a topic. Used by several threads. */
public final class TopicSerializer {
    private final Format format;
    private final String subject;
    private final String schema;
    private final SchemaCodec codec;
    private final boolean register;
    /** Null where values are only tried. */
    private final RegistryClient registry;

    private volatile Integer id;

    /**
     * @param topic whose values they are
     * @param name of the schema's file
     * @param register whether the schema is registered; else it has to be there
     * @param registry null where values are only tried, and remain JSON
     */
    TopicSerializer(Format format, String topic, String name, boolean register, RegistryClient registry) {
        this.format = format;
        this.subject = topic + "-value";
        this.schema = format == Format.JSON ? "" : text("/schema/" + name + format.extension());
        this.codec = format == Format.JSON ? null : format.codec(schema);
        this.register = register;
        this.registry = registry;
    }

    private static String text(String resource) {
        try (InputStream stream = TopicSerializer.class.getResourceAsStream(resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Finds out the schema's id.
     *
     * @throws RegistryException if the registry does not answer, or refuses the schema
     */
    public void prepare() {
        if (codec != null && registry != null && id == null) {
            id = register
                    ? registry.register(subject, format, schema)
                    : registry.lookUp(subject, format, schema)
                            .orElseThrow(() -> new RegistryException("the schema registry has not the schema of "
                                    + subject + ", and is not to be given it (loginstream.schema.register)"));
        }
    }

    /**
     * What {@link #prepare} would meet, without changing anything.
     *
     * @return what is wrong; empty where nothing is
     * @throws RegistryException if the registry does not answer
     */
    public String problem() {
        if (codec == null || registry.lookUp(subject, format, schema).isPresent()) {
            return "";
        }
        if (!register) {
            return subject + " has no such schema, and is not to be given it (loginstream.schema.register)";
        }
        return registry.isCompatible(subject, format, schema)
                ? ""
                : "its schema is not compatible with the latest of " + subject;
    }

    /**
     * JSON as a value of the topic.
     *
     * @throws SchemaMismatchException if it does not fit the schema
     */
    public byte[] serialize(byte[] json) throws IOException, SchemaMismatchException {
        if (codec == null) {
            return json;
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream(json.length + Framing.LENGTH);
        if (registry != null) {
            prepare();
            Framing.write(id, value);
        }
        codec.write(json, value);
        return registry == null ? json : value.toByteArray();
    }
}
