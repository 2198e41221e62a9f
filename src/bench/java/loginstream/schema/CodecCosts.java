package loginstream.schema;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the schema of a format costs for each login, in a topic of its own and in the thread that does it. */
public final class CodecCosts {
    private static final int TURNS = 200;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final SchemaCodec codec;
    private final List<byte[]> logins;
    private final List<byte[]> values = new ArrayList<>();

    /**
     * @param logins as the route makes them: JSON
     */
    public CodecCosts(Format format, List<byte[]> logins) throws IOException, SchemaMismatchException {
        try (InputStream schema = Format.class.getResourceAsStream("/schema/processed-data" + format.extension())) {
            codec = format.codec(new String(schema.readAllBytes(), StandardCharsets.UTF_8));
        }
        this.logins = logins;
        for (byte[] login : logins) {
            values.add(written(login));
        }
    }

    private byte[] written(byte[] login) throws IOException, SchemaMismatchException {
        ByteArrayOutputStream value = new ByteArrayOutputStream(login.length);
        codec.write(login, value);
        return value.toByteArray();
    }

    /** Bytes of a value with the id of its schema. */
    public double bytes() {
        return values.stream()
                .mapToInt(value -> value.length + Framing.LENGTH)
                .average()
                .orElseThrow();
    }

    /** Processor time of making a value, in microseconds. */
    public double microsToWrite() throws IOException, SchemaMismatchException {
        long begun = THREADS.getCurrentThreadCpuTime();
        for (int turn = 0; turn < TURNS; turn++) {
            for (byte[] login : logins) {
                written(login);
            }
        }
        return micros(begun);
    }

    /** Processor time of making JSON of a value, in microseconds. */
    public double microsToRead() throws IOException {
        long begun = THREADS.getCurrentThreadCpuTime();
        for (int turn = 0; turn < TURNS; turn++) {
            for (byte[] value : values) {
                codec.toJson(value, 0);
            }
        }
        return micros(begun);
    }

    private double micros(long begun) {
        return (THREADS.getCurrentThreadCpuTime() - begun) / 1e3 / TURNS / logins.size();
    }
}
