package loginstream.login;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The name of a member that a step adds, encoded once instead of for every record. */
public final class MemberName {
    private final String name;
    private final byte[] json;
    private final LoginField field;

    private MemberName(String name) {
        this.name = name;
        this.field = LoginField.named(name);
        this.json = Arrays.copyOf(quoted(name), quoted(name).length + 1);
        this.json[json.length - 1] = ':';
    }

    public static MemberName of(String name) {
        return new MemberName(name);
    }

    /** The plain name. */
    public String name() {
        return name;
    }

    /** The known field of that name, or null. */
    LoginField field() {
        return field;
    }

    /** The quoted name and the colon. */
    byte[] json() {
        return json;
    }

    /** A string as a JSON value in UTF-8. */
    public static byte[] quoted(String text) {
        String escaped = new String(JsonStringEncoder.getInstance().quoteAsString(text));
        return ('"' + escaped + '"').getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MemberName that && that.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
