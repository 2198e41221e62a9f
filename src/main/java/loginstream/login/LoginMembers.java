package loginstream.login;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;

/**
 * What was read of one login: the kind of each known field's value and where its text is, and the names of the members
 * that are not known. No tree, no map, and no string for a text that stands in the record as it is: this is made once
 * per record.
 */
public final class LoginMembers implements PlainObject.Taker {

    /** What stands in a member's place. */
    public enum Kind {
        ABSENT,
        NULL,
        STRING,
        /** A number without fraction or exponent. */
        INTEGER,
        /** Another number, a boolean, an object or an array. */
        OTHER
    }

    private static final Kind[] KINDS = Kind.values();
    private static final int FIELDS = LoginField.all().size();
    private static final int KIND_BITS = 4;
    private static final int KIND_MASK = (1 << KIND_BITS) - 1;
    /** More names than this are looked up by hash. */
    private static final int MANY = 8;

    private final byte[] record;
    /** The ordinals of the fields' kinds, so many bits each, the first field's last. */
    private long kinds;
    /** For each field, the offsets in the record of its text's first byte and of the byte after its last. */
    private final int[] spans = new int[2 * FIELDS];
    /** Texts that do not stand in the record as they are, by field; null as long as there is none. */
    private String[] decoded;

    private Collection<String> otherNames;
    private boolean nested;

    /**
     * @param record the value that is read
     */
    LoginMembers(byte[] record) {
        this.record = record;
    }

    @Override
    public boolean take(int nameFrom, int nameTo, Kind kind, int from, int to) {
        LoginField field = LoginField.named(record, nameFrom, nameTo);
        if (field == null) {
            return addOther(new String(record, nameFrom, nameTo - nameFrom, StandardCharsets.US_ASCII));
        }
        if (kind(field) != Kind.ABSENT) {
            return false;
        }
        set(field, kind, from, to);
        return true;
    }

    /** A value whose text is the ASCII bytes of the record between two offsets. */
    void set(LoginField field, Kind kind, int from, int to) {
        set(field, kind, null);
        spans[2 * field.ordinal()] = from;
        spans[2 * field.ordinal() + 1] = to;
    }

    /** A value with its text, or null where it has none. */
    void set(LoginField field, Kind kind, String text) {
        kinds |= (long) kind.ordinal() << KIND_BITS * field.ordinal();
        if (text != null) {
            if (decoded == null) {
                decoded = new String[FIELDS];
            }
            decoded[field.ordinal()] = text;
        }
    }

    /** Notes a member that the pipeline does not know; false if there was one of that name already. */
    boolean addOther(String name) {
        if (otherNames == null) {
            otherNames = new ArrayList<>(MANY);
        } else if (otherNames.size() == MANY && otherNames instanceof ArrayList) {
            otherNames = new HashSet<>(otherNames);
        }
        if (otherNames.contains(name)) {
            return false;
        }
        return otherNames.add(name);
    }

    void setNested() {
        nested = true;
    }

    /** Whether a member's value is an object or an array. */
    boolean isNested() {
        return nested;
    }

    /** The kind of a field's value. */
    public Kind kind(LoginField field) {
        return KINDS[(int) (kinds >>> KIND_BITS * field.ordinal() & KIND_MASK)];
    }

    /** The text of a string (unescaped) or of a number (as written); null for every other kind. */
    public String text(LoginField field) {
        CharSequence text = text(field, new TextSpan());
        return text == null ? null : text.toString();
    }

    /**
     * The same, without a copy where it stands in the record as it is.
     *
     * @param span may be moved to it, and is the result then
     */
    public CharSequence text(LoginField field, TextSpan span) {
        if (decoded != null && decoded[field.ordinal()] != null) {
            return decoded[field.ordinal()];
        }
        int from = spans[2 * field.ordinal()];
        // No text begins with the record: there is a brace first.
        return from == 0 ? null : span.moveTo(record, from, spans[2 * field.ordinal() + 1]);
    }

    /** Whether the object has a member of that name. */
    boolean has(MemberName name) {
        return name.field() != null
                ? kind(name.field()) != Kind.ABSENT
                : otherNames != null && otherNames.contains(name.name());
    }
}
