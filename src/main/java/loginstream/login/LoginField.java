package loginstream.login;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The members of a login that the pipeline knows; every other member passes through unseen. */
public enum LoginField {
    USER_ID("user_id"),
    APP_VERSION("app_version"),
    DEVICE_TYPE("device_type"),
    IP("ip"),
    LOCALE("locale"),
    DEVICE_ID("device_id"),
    TIMESTAMP("timestamp");

    private static final List<LoginField> ALL = List.of(values());
    private static final Map<String, LoginField> BY_NAME = ALL.stream()
            .collect(Collectors.collectingAndThen(
                    Collectors.toMap(LoginField::jsonName, f -> f), Collections::unmodifiableMap));

    private final String jsonName;

    LoginField(String jsonName) {
        this.jsonName = jsonName;
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

    /** All JSON names, for messages. */
    public static String names() {
        return Arrays.stream(values()).map(LoginField::jsonName).collect(Collectors.joining(", "));
    }
}
