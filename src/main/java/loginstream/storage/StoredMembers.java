package loginstream.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import loginstream.login.Login;
import loginstream.login.LoginField;
import loginstream.login.LoginMembers;
import loginstream.schema.FlatLogin;
import loginstream.schema.SchemaMismatchException;

/** What tables hold of a login's JSON: the texts of members that have a column, and every other member as JSON text. */
final class StoredMembers {
    private static final Map<String, FlatLogin.Kind> KINDS = kinds();
    /** Every whole number of so many digits is one of 64 bits. */
    private static final int SURELY_A_LONG = 18;

    /** By field, in UTF-8. */
    private final byte[][] texts = new byte[LoginField.all().size()][];

    private String eventTime;
    private String processedTime;
    /** Nearly no login has any. */
    private Map<String, String> extensions = Map.of();

    private StoredMembers() {}

    private StoredMembers(FlatLogin flat) throws RefusedRowException {
        for (LoginField field : LoginField.all()) {
            if (flat.values().get(field.jsonName()) instanceof String text) {
                texts[field.ordinal()] = encoded(text);
            }
        }
        eventTime = (String) flat.values().get(StoredLogin.EVENT_TIME);
        processedTime = (String) flat.values().get(StoredLogin.PROCESSED_TIME);
        extensions = flat.extensions();
    }

    /** Half of a character would become a question mark, which is another text. */
    private static byte[] encoded(String text) throws RefusedRowException {
        if (text.chars().anyMatch(c -> Character.isSurrogate((char) c))
                && !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new RefusedRowException("a text holds half of a character");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, FlatLogin.Kind> kinds() {
        Map<String, FlatLogin.Kind> kinds = new HashMap<>();
        LoginField.all().forEach(field -> kinds.put(field.jsonName(), FlatLogin.Kind.STRING));
        kinds.put(LoginField.TIMESTAMP.jsonName(), FlatLogin.Kind.LONG);
        kinds.put(StoredLogin.EVENT_TIME, FlatLogin.Kind.STRING);
        kinds.put(StoredLogin.PROCESSED_TIME, FlatLogin.Kind.STRING);
        return kinds;
    }

    /**
     * Those of a login as it stands now; where the route has read all of them, without reading them again.
     *
     * @throws IOException if it is no JSON
     * @throws RefusedRowException if a member is not what its column holds, with the name of the member
     */
    static StoredMembers of(Login login) throws IOException, RefusedRowException {
        byte[] json = login.value();
        LoginMembers read = login.members();
        StoredMembers members = new StoredMembers();
        return read != null && read.areAllOf(json) && members.take(read) ? members : parsed(json);
    }

    /** The same with a parser for any JSON, which alone decides what is refused. */
    static StoredMembers parsed(byte[] json) throws IOException, RefusedRowException {
        try {
            return new StoredMembers(FlatLogin.of(json, KINDS));
        } catch (SchemaMismatchException e) {
            throw new RefusedRowException(e.getMessage());
        }
    }

    /** Whether each member that has a column is surely what that holds. */
    private boolean take(LoginMembers read) {
        for (LoginField field : LoginField.all()) {
            if (!fits(field, read)) {
                return false;
            }
            texts[field.ordinal()] = field == LoginField.TIMESTAMP ? null : read.ascii(field);
        }
        read.forEachOther(this::takeOther);
        if (!isTextOrNull(eventTime) || !isTextOrNull(processedTime)) {
            return false;
        }
        eventTime = unquoted(eventTime);
        processedTime = unquoted(processedTime);
        return true;
    }

    private static boolean fits(LoginField field, LoginMembers read) {
        boolean isTimestamp = field == LoginField.TIMESTAMP;
        return switch (read.kind(field)) {
            case ABSENT, NULL -> true;
            case STRING -> !isTimestamp || isSurelyLong(read.text(field));
            case INTEGER -> isTimestamp && isSurelyLong(read.text(field));
            case OTHER -> false;
        };
    }

    private static boolean isSurelyLong(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= SURELY_A_LONG;
    }

    private void takeOther(String name, String json) {
        switch (name) {
            case StoredLogin.EVENT_TIME -> eventTime = json;
            case StoredLogin.PROCESSED_TIME -> processedTime = json;
            default -> {
                if (extensions.isEmpty()) {
                    extensions = new HashMap<>();
                }
                extensions.put(name, json);
            }
        }
    }

    private static boolean isTextOrNull(String jsonOrNull) {
        return jsonOrNull == null || jsonOrNull.startsWith("\"") || jsonOrNull.equals("null");
    }

    private static String unquoted(String jsonOrNull) {
        return jsonOrNull == null || jsonOrNull.equals("null")
                ? null
                : jsonOrNull.substring(1, jsonOrNull.length() - 1);
    }

    /** The text in UTF-8 of a member that has a column, or null. The timestamp has none: it is the time when it happened. */
    byte[] utf8(LoginField field) {
        return texts[field.ordinal()];
    }

    /** When it happened, as written, or null. */
    String eventTime() {
        return eventTime;
    }

    /** When the pipeline passed it on, as written, or null. */
    String processedTime() {
        return processedTime;
    }

    /** JSON texts by the names of members that have no column. */
    Map<String, String> extensions() {
        return extensions;
    }
}
