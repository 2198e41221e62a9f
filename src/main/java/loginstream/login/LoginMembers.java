package loginstream.login;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.function.BiConsumer;

/**
 * What was read of one login: the kind of each known field's value and where its text is, and the names of the members
 * that are not known. No tree, no map, and no string for a text that stands in the record as it is: this is made once
 * per record.
 */
public final class LoginMembers {

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

    private OtherMembers plainOthers;
    /** Where it is not of the usual shape. */
    private Collection<String> otherNames;

    private boolean nested;

    /**
     * @param record the value that is read
     */
    LoginMembers(byte[] record) {
        this.record = record;
    }

    /**
     * Takes a member of a login of the usual shape.
     *
     * @param nameFrom where its name begins in the record
     * @param nameTo behind its last byte
     * @param field the one of that name, or null
     * @param kind {@link Kind#STRING}, {@link Kind#INTEGER} or {@link Kind#NULL}
     * @param from where the text begins, without quotes
     * @param to behind its last byte
     * @return whether the login is still of the usual shape
     */
    boolean take(int nameFrom, int nameTo, LoginField field, Kind kind, int from, int to) {
        if (field == null) {
            int quote = kind == Kind.STRING ? 1 : 0;
            return plainOthers().add(nameFrom, nameTo, from - quote, to + quote);
        }
        if (kind(field) != Kind.ABSENT) {
            return false;
        }
        set(field, kind, null);
        if (kind != Kind.NULL) {
            spans[2 * field.ordinal()] = from;
            spans[2 * field.ordinal() + 1] = to;
        }
        return true;
    }

    private OtherMembers plainOthers() {
        if (plainOthers == null) {
            plainOthers = new OtherMembers(record);
        }
        return plainOthers;
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

    /** The same as bytes of its own. */
    byte[] utf8(LoginField field) {
        CharSequence text = text(field, new TextSpan());
        if (text instanceof TextSpan ascii) {
            return ascii.toBytes();
        }
        return text == null ? null : text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether these are all members of that JSON, and each of them stands in it as it is. */
    public boolean areAllOf(byte[] json) {
        return record == json && decoded == null && otherNames == null;
    }

    /** The ASCII bytes of a text that stands in the record as it is; null for every other one, and where there is none. */
    public byte[] ascii(LoginField field) {
        int from = spans[2 * field.ordinal()];
        return from == 0 ? null : Arrays.copyOfRange(record, from, spans[2 * field.ordinal() + 1]);
    }

    /** Hands out the members that the pipeline does not know, of {@link #areAllOf} some JSON: name, and value as written. */
    public void forEachOther(BiConsumer<String, String> member) {
        if (plainOthers != null) {
            plainOthers.forEach(member);
        }
    }

    /** Whether the object has a member of that name. */
    boolean has(MemberName name) {
        return name.field() != null
                ? kind(name.field()) != Kind.ABSENT
                : plainOthers != null && plainOthers.has(name.name())
                        || otherNames != null && otherNames.contains(name.name());
    }
}
