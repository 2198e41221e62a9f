package loginstream.login;

import java.util.Arrays;
import loginstream.login.LoginMembers.Kind;

/**
 * Reads a login of the usual shape straight from its bytes: one flat JSON object in ASCII, without escapes, whose values
 * are strings, whole numbers and nulls. It is the shape of nearly every record, and a pull parser made for any JSON
 * costs several times as much. It refuses nothing: what looks different in any way is left to {@link LoginParser}.
 */
final class PlainObject {
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private final byte[] json;
    private final LoginMembers members;
    private int at;
    /** The field whose name most likely comes next. */
    private LoginField expected = LoginField.USER_ID;

    private PlainObject(byte[] json) {
        this.json = json;
        this.members = new LoginMembers(json);
    }

    /** What the value holds, or null if it is not of the usual shape. */
    static LoginMembers read(byte[] json) {
        PlainObject object = new PlainObject(json);
        return object.readMembers() && object.endsHere() ? object.members : null;
    }

    private boolean readMembers() {
        if (!next('{')) {
            return false;
        }
        do {
            if (!readMember()) {
                return false;
            }
        } while (next(','));
        return next('}');
    }

    private boolean readMember() {
        if (!next('"')) {
            return false;
        }
        int nameFrom = at;
        int nameTo = expected.endOfName(json, at);
        LoginField field = expected;
        if (nameTo >= 0) {
            at = nameTo + 1;
        } else {
            nameTo = stringEnd();
            if (nameTo < 0) {
                return false;
            }
            field = LoginField.named(json, nameFrom, nameTo);
        }
        if (field != null) {
            expected = field.next();
        }
        return next(':') && readValue(nameFrom, nameTo, field);
    }

    private boolean readValue(int nameFrom, int nameTo, LoginField field) {
        if (next('"')) {
            int from = at;
            int to = stringEnd();
            return to >= 0 && members.take(nameFrom, nameTo, field, Kind.STRING, from, to);
        }
        int from = at;
        if (skipInteger()) {
            return members.take(nameFrom, nameTo, field, Kind.INTEGER, from, at);
        }
        return skipNull() && members.take(nameFrom, nameTo, field, Kind.NULL, from, at);
    }

    /** Moves behind the next quote and tells where it is; negative where a plain string does not end. */
    private int stringEnd() {
        byte[] bytes = json;
        for (int i = at; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '"') {
                at = i + 1;
                return i;
            }
            if (b < ' ' || b == '\\') { // control characters, and negative: not ASCII
                return -1;
            }
        }
        return -1;
    }

    /** RFC 8259, section 6, without fraction and exponent. */
    private boolean skipInteger() {
        int first = at < json.length && json[at] == '-' ? at + 1 : at;
        int i = first;
        while (i < json.length && json[i] >= '0' && json[i] <= '9') {
            i++;
        }
        if (i == first || json[first] == '0' && i > first + 1) {
            return false;
        }
        at = i;
        return true;
    }

    private boolean skipNull() {
        int end = at + NULL.length;
        if (end > json.length || !Arrays.equals(json, at, end, NULL, 0, NULL.length)) {
            return false;
        }
        at = end;
        return true;
    }

    /** Whether that character comes next, perhaps after blanks; if so, moves behind it. */
    private boolean next(char expected) {
        if (at < json.length && json[at] == expected) { // nearly always: nobody writes blanks
            at++;
            return true;
        }
        skipBlanks();
        if (at < json.length && json[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    private boolean endsHere() {
        skipBlanks();
        return at == json.length;
    }

    private void skipBlanks() {
        while (at < json.length && isBlank(json[at])) {
            at++;
        }
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
