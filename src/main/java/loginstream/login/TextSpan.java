package loginstream.login;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * A window on ASCII bytes that are read as text. It is moved from text to text, so that one serves a whole login: rules
 * and counts look at ten texts of every record. Whoever wants to keep a text takes {@link #toString}. Used by one thread.
 */
public final class TextSpan implements CharSequence {
    private byte[] bytes;
    private int from;
    private int length;

    /** Shows the bytes between two offsets from now on. */
    public TextSpan moveTo(byte[] ascii, int start, int end) {
        Objects.checkFromToIndex(start, end, ascii.length);
        bytes = ascii;
        from = start;
        length = end - start;
        return this;
    }

    /** Whether the text has these bytes. */
    public boolean isEqualTo(byte[] ascii) {
        return Arrays.equals(bytes, from, from + length, ascii, 0, ascii.length);
    }

    /** A copy of the bytes. */
    byte[] toBytes() {
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        return (char) bytes[from + Objects.checkIndex(index, length)];
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return toString().substring(start, end);
    }

    @Override
    public String toString() {
        return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }
}
