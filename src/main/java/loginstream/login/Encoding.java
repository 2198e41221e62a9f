package loginstream.login;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Makes sure that a value is UTF-8 before Jackson sees it: Jackson would guess at other encodings from the first bytes,
 * accept a byte order mark, and not look into strings that it skips.
 */
final class Encoding {
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    /** Jackson takes NUL bytes among so many first ones for another encoding; it refuses all later ones itself. */
    private static final int GUESSED_FROM = 4;

    private Encoding() {}

    static void requireUtf8(byte[] value) throws UnparseableLoginException {
        for (int i = 0; i < Math.min(value.length, GUESSED_FROM); i++) {
            if (value[i] == 0) {
                throw new UnparseableLoginException("holds a NUL byte");
            }
        }
        if (isAscii(value)) {
            return;
        }
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value));
            if (text.charAt(0) == BYTE_ORDER_MARK) {
                throw new UnparseableLoginException("begins with a byte order mark");
            }
        } catch (CharacterCodingException e) {
            throw new UnparseableLoginException("not UTF-8", e);
        }
    }

    /** Eight bytes at a time: nearly every login is plain ASCII. */
    private static boolean isAscii(byte[] value) {
        int at = 0;
        long bits = 0;
        for (; at <= value.length - Long.BYTES; at += Long.BYTES) {
            bits |= (long) EIGHT_BYTES.get(value, at);
        }
        for (; at < value.length; at++) {
            bits |= value[at]; // a negative byte sets all the higher bits too
        }
        return (bits & HIGH_BITS) == 0;
    }
}
