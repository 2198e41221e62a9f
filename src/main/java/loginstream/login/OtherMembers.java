package loginstream.login;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * The members of a login of the usual shape that the pipeline does not know: where they stand in the record. No string for
 * any of them: most are only passed on.
 */
final class OtherMembers {
    /** More are not usual, and would take long to tell apart. */
    private static final int MOST = 64;

    /** Of each one: where its name begins and ends, and where its value does. */
    private static final int EACH = 4;

    private final byte[] record;
    private int[] places = new int[2 * EACH];
    private int end;

    OtherMembers(byte[] record) {
        this.record = record;
    }

    /** Adds one; false if there is one of that name already, or if there are too many. */
    boolean add(int nameFrom, int nameTo, int from, int to) {
        if (end == MOST * EACH || has(nameFrom, nameTo)) {
            return false;
        }
        if (end == places.length) {
            places = Arrays.copyOf(places, 2 * end);
        }
        places[end++] = nameFrom;
        places[end++] = nameTo;
        places[end++] = from;
        places[end++] = to;
        return true;
    }

    private boolean has(int nameFrom, int nameTo) {
        for (int i = 0; i < end; i += EACH) {
            if (Arrays.equals(record, places[i], places[i + 1], record, nameFrom, nameTo)) {
                return true;
            }
        }
        return false;
    }

    boolean has(String name) {
        for (int i = 0; i < end; i += EACH) {
            if (name.contentEquals(new TextSpan().moveTo(record, places[i], places[i + 1]))) {
                return true;
            }
        }
        return false;
    }

    /** Hands out names and values, these as they are written. */
    void forEach(BiConsumer<String, String> member) {
        for (int i = 0; i < end; i += EACH) {
            member.accept(text(places[i], places[i + 1]), text(places[i + 2], places[i + 3]));
        }
    }

    private String text(int from, int to) {
        return new String(record, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
