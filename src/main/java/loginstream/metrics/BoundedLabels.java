package loginstream.metrics;

import java.nio.charset.StandardCharsets;
import loginstream.login.TextSpan;

/**
 * Numbers for the values of a label that come from records. The first 50 values get one each, first come, first served,
 * and keep it; all others share {@link #OTHER}. So a counter never changes its meaning, and whoever sends ever new values
 * costs no memory. What could not stand as a label (longer than 64 characters, empty, control characters, halves of
 * characters) is among the others. Any thread may ask.
 */
final class BoundedLabels {
    static final int MAX = 50;
    static final String OTHER = "other";
    /** Where the value is absent, which the settings may allow. */
    static final String MISSING = "missing";

    private static final int MAX_LENGTH = 64;
    /** A power of two, with much room left, so that a look-up ends soon. */
    private static final int SLOTS = 256;

    /** Replaced as a whole whenever a value joins, so that look-ups need no lock. */
    private volatile Slot[] slots = new Slot[SLOTS];

    private final String[] values = new String[MAX + 1];
    private volatile int size;

    /** A value as text and, where it is ASCII, as bytes: as such almost all of them come. */
    private record Slot(String value, byte[] ascii, int number) {
        static Slot of(String value, int number) {
            boolean isAscii = value.chars().allMatch(c -> c < 0x80);
            return new Slot(value, isAscii ? value.getBytes(StandardCharsets.US_ASCII) : null, number);
        }

        boolean holds(CharSequence text) {
            if (ascii != null && text instanceof TextSpan span) {
                return span.isEqualTo(ascii);
            }
            return value.contentEquals(text);
        }
    }

    BoundedLabels() {
        values[MAX] = OTHER;
        synchronized (this) {
            put(OTHER, MAX);
        }
    }

    /**
     * The number of a value.
     *
     * @param textOrNull asked for each record, so nothing is made of it unless it is new
     * @return 0 to {@link #MAX}; the last is that of {@link #OTHER}
     */
    int numberOf(CharSequence textOrNull) {
        CharSequence text = textOrNull == null ? MISSING : textOrNull;
        if (text.length() > MAX_LENGTH) {
            return MAX;
        }
        Slot[] known = slots;
        Slot slot = known[slotOf(text, known)];
        if (slot != null) {
            return slot.number();
        }
        return size == MAX || !isPlain(text) ? MAX : join(text.toString());
    }

    /** The slot that holds the text, or the free one where it would be. */
    private static int slotOf(CharSequence text, Slot[] slots) {
        int at = hash(text) & SLOTS - 1;
        while (slots[at] != null && !slots[at].holds(text)) {
            at = at + 1 & SLOTS - 1;
        }
        return at;
    }

    /** Of four characters: this is asked three times for every record, and of few values, which differ there. */
    private static int hash(CharSequence text) {
        int length = text.length();
        if (length < 2) {
            return length == 0 ? 0 : text.charAt(0);
        }
        int hash = length;
        hash = 31 * hash + text.charAt(0);
        hash = 31 * hash + text.charAt(length >> 1);
        hash = 31 * hash + text.charAt(length - 2);
        hash = 31 * hash + text.charAt(length - 1);
        return hash ^ hash >>> 8;
    }

    private synchronized int join(String text) {
        Slot before = slots[slotOf(text, slots)];
        if (before != null) {
            return before.number();
        }
        if (size == MAX) {
            return MAX;
        }
        int number = size;
        values[number] = text;
        put(text, number);
        size = number + 1;
        return number;
    }

    private void put(String text, int number) {
        Slot[] more = slots.clone();
        more[slotOf(text, more)] = Slot.of(text, number);
        slots = more;
    }

    /** Whether it is one line of whole characters that show. */
    private static boolean isPlain(CharSequence text) {
        return text.length() > 0
                && text.codePoints().noneMatch(c -> switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> true;
                    default -> false;
                });
    }

    /** How many values have a number of their own. */
    int size() {
        return size;
    }

    /** The value of a number below {@link #size}, or of {@link #MAX}. */
    String value(int number) {
        return values[number];
    }
}
