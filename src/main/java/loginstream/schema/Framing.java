package loginstream.schema;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** What stands before a value: a zero, and the id of its schema in four bytes. */
final class Framing {
    static final int LENGTH = 5;
    private static final byte MAGIC = 0;

    private Framing() {}

    /** Whether a value begins like this. */
    static boolean isThere(byte[] value) {
        return value != null && value.length >= LENGTH && value[0] == MAGIC;
    }

    /** The id before a value that has one. */
    static int id(byte[] value) {
        return ByteBuffer.wrap(value).getInt(1);
    }

    static void write(int id, ByteArrayOutputStream value) {
        value.write(MAGIC);
        value.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
    }
}
