package loginstream.login;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The members of a login that the pipeline knows; every other member passes through unseen. */
public enum LoginField {
    USER_ID("user_id"),
    APP_VERSION("app_version"),
    DEVICE_TYPE("device_type"),
    IP("ip"),
    LOCALE("locale"),
    DEVICE_ID("device_id"),
    TIMESTAMP("timestamp");

    private static final LoginField[] IN_ORDER = values();
    private static final List<LoginField> ALL = List.of(IN_ORDER);
    private static final Map<String, LoginField> BY_NAME = ALL.stream()
            .collect(Collectors.collectingAndThen(
                    Collectors.toMap(LoginField::jsonName, f -> f), Collections::unmodifiableMap));

    /** By the length of their names, which tells most of them apart; see {@link #named(byte[], int, int)}. */
    private static final LoginField[][] BY_LENGTH = byLength();

    private final String jsonName;
    private final byte[] ascii;
    /** The first and the last eight bytes of the name, which is no longer than both; or all of it, twice. */
    private final long head;

    private final long tail;

    LoginField(String jsonName) {
        this.jsonName = jsonName;
        this.ascii = jsonName.getBytes(StandardCharsets.US_ASCII);
        if (ascii.length > 2 * EightBytes.LENGTH) {
            throw new IllegalArgumentException("longer than the ends that are compared: " + jsonName);
        }
        byte[] padded = Arrays.copyOf(ascii, Math.max(ascii.length, EightBytes.LENGTH));
        this.head = EightBytes.at(padded, 0);
        this.tail = EightBytes.at(padded, padded.length - EightBytes.LENGTH);
    }

    private static LoginField[][] byLength() {
        int longest = ALL.stream().mapToInt(field -> field.ascii.length).max().orElseThrow();
        return IntStream.rangeClosed(0, longest)
                .mapToObj(length -> ALL.stream()
                        .filter(field -> field.ascii.length == length)
                        .toArray(LoginField[]::new))
                .toArray(LoginField[][]::new);
    }

    /** The name as it stands in the JSON. */
    public String jsonName() {
        return jsonName;
    }

    /** All fields, in the order in which violations are reported. */
    public static List<LoginField> all() {
        return ALL;
    }

    /** The field of that JSON name, or null for a member the pipeline does not know. */
    public static LoginField named(String jsonName) {
        return BY_NAME.get(jsonName);
    }

    /** The field whose JSON name these bytes are, or null. */
    static LoginField named(byte[] json, int from, int to) {
        if (to - from < BY_LENGTH.length) {
            for (LoginField field : BY_LENGTH[to - from]) {
                if (field.isNamed(json, from, to)) {
                    return field;
                }
            }
        }
        return null;
    }

    /** The field that mostly follows this one: most producers keep to the order in which the fields are told of. */
    LoginField next() {
        return this == TIMESTAMP ? USER_ID : IN_ORDER[ordinal() + 1];
    }

    /** Where its name ends, if it begins at that offset and a quote is behind it; else -1. */
    int endOfName(byte[] json, int from) {
        int to = from + ascii.length;
        return to < json.length && json[to] == '"' && isNamed(json, from, to) ? to : -1;
    }

    /** Whether that is its name, of whose length the bytes are. */
    private boolean isNamed(byte[] json, int from, int to) {
        if (from > json.length - EightBytes.LENGTH) {
            return Arrays.equals(json, from, to, ascii, 0, ascii.length);
        }
        int length = to - from;
        return EightBytes.first(length, EightBytes.at(json, from)) == head
                && (length < EightBytes.LENGTH || EightBytes.at(json, to - EightBytes.LENGTH) == tail);
    }

    /** All JSON names, for messages. */
    public static String names() {
        return Arrays.stream(values()).map(LoginField::jsonName).collect(Collectors.joining(", "));
    }
}
