package loginstream.login;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;

/**
 * What the parser read of one login: the known fields with the kind and text of their values, and the names of the
 * members it does not know. No tree, no map: this is made once per record.
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

    /** More names than this are looked up by hash. */
    private static final int MANY = 8;

    private final Kind[] kinds = new Kind[LoginField.all().size()];
    private final String[] texts = new String[kinds.length];
    private Collection<String> otherNames;
    private boolean nested;

    void set(LoginField field, Kind kind, String text) {
        kinds[field.ordinal()] = kind;
        texts[field.ordinal()] = text;
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
        Kind kind = kinds[field.ordinal()];
        return kind == null ? Kind.ABSENT : kind;
    }

    /** The text of a string (unescaped) or of a number (as written); null for every other kind. */
    public String text(LoginField field) {
        return texts[field.ordinal()];
    }

    /** Whether the object has a member of that name. */
    public boolean has(String name) {
        LoginField field = LoginField.named(name);
        return field != null ? kind(field) != Kind.ABSENT : otherNames != null && otherNames.contains(name);
    }
}
