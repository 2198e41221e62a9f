package loginstream.login;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What is to be changed in a login's JSON. Saying the same thing twice, as a repeated step does, changes nothing. */
final class LoginEdits {
    /** Members to come, in two arrays instead of an object for each: there are two or so per record. */
    private MemberName[] names = new MemberName[2];

    private byte[][] values = new byte[2][];
    private int appended;
    private Map<String, byte[]> inPlace = Map.of();

    void append(MemberName name, byte[] value) {
        int at = indexOf(name);
        if (at < 0) {
            at = appended++;
            if (at == names.length) {
                names = Arrays.copyOf(names, 2 * at);
                values = Arrays.copyOf(values, 2 * at);
            }
            names[at] = name;
        }
        values[at] = value;
    }

    private int indexOf(MemberName name) {
        return indexOf(name.name());
    }

    private int indexOf(String name) {
        for (int i = 0; i < appended; i++) {
            if (names[i].name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether anything is said of a member of that name. */
    boolean has(String name) {
        return appended > 0 && indexOf(name) >= 0 || !inPlace.isEmpty() && inPlace.containsKey(name);
    }

    /** What a member of that name is to be; null where it is to be left out. */
    byte[] value(String name) {
        int at = indexOf(name);
        return at >= 0 ? values[at] : inPlace.get(name);
    }

    /**
     * Leaves a member out.
     *
     * @param read whether the JSON that was read has one of that name
     */
    void remove(String name, boolean read) {
        int at = indexOf(name);
        if (at >= 0) {
            appended--;
            System.arraycopy(names, at + 1, names, at, appended - at);
            System.arraycopy(values, at + 1, values, at, appended - at);
        }
        if (read) {
            replace(name, null);
        }
    }

    void replace(String name, byte[] value) {
        if (inPlace.isEmpty()) {
            inPlace = new HashMap<>();
        }
        inPlace.put(name, value);
    }

    /** How many members are to be put at the end, in the order in which they were first named. */
    int appended() {
        return appended;
    }

    MemberName name(int i) {
        return names[i];
    }

    /** The value of an appended member as it will stand in the JSON. */
    byte[] value(int i) {
        return values[i];
    }

    /** Whether a member of that name is to be put at the end. */
    boolean appends(String name) {
        return indexOf(name) >= 0;
    }

    /** Members to change where they stand; a null value takes the member out. */
    Map<String, byte[]> inPlace() {
        return inPlace;
    }
}
