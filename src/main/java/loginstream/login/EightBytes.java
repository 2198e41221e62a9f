package loginstream.login;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes of a record as one number: to compare short names so takes less than a loop over their bytes. */
final class EightBytes {
    static final int LENGTH = Long.BYTES;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private EightBytes() {}

    /** The bytes from an offset on, the first one lowest; there must be eight. */
    static long at(byte[] bytes, int from) {
        return (long) LONGS.get(bytes, from);
    }

    /** The first of these bytes, so many, as {@link #at} has them; the others are zero. */
    static long first(int length, long eight) {
        return length >= LENGTH ? eight : eight & (1L << Byte.SIZE * length) - 1;
    }
}
