package loginstream.enrichment;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import loginstream.config.reading.InvalidSettingException;
import loginstream.config.reading.Secret;
import loginstream.config.reading.SettingValues;
import loginstream.login.LoginField;

/**
 * Which members of a login are personal data, and what becomes of them in the output.
 *
 * @param fields names of members, or paths to members of members ({@code geo.city})
 * @param key of the hash
 * @param keyId stands before each hash, so that hashes of different keys can be told apart; may be empty
 */
public record PersonalDataSettings(Mode mode, List<String> fields, Secret key, String keyId) {
    private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9_-]{0,32}");

    /** Kept, hashed, dropped, or shortened. */
    public enum Mode {
        KEEP,
        HASH,
        DROP,
        MASK
    }

    public PersonalDataSettings {
        if (mode == Mode.HASH && key.isEmpty()) {
            throw new InvalidSettingException("loginstream.pii.key must be set where loginstream.pii=hash");
        }
    }

    /** Reads them. */
    public static PersonalDataSettings read(SettingValues values) {
        return values.fitting(() -> new PersonalDataSettings(
                values.oneOf("loginstream.pii", Mode.class),
                values.parsed(
                        "loginstream.pii.fields",
                        PersonalDataSettings::paths,
                        "names of members, or paths such as geo.city, separated by commas; not timestamp, which is"
                                + " event_time as well"),
                values.secret("loginstream.pii.key"),
                values.parsed(
                        "loginstream.pii.key-id",
                        id -> Optional.of(id).filter(KEY_ID.asMatchPredicate()),
                        "at most 32 letters, digits, underscores and dashes")));
    }

    private static Optional<List<String>> paths(String text) {
        List<String> paths = SettingValues.list(text);
        boolean fit = !paths.isEmpty()
                && paths.stream()
                        .allMatch(path -> Arrays.stream(path.split("\\.", -1)).noneMatch(String::isBlank)
                                && !path.equals(LoginField.TIMESTAMP.jsonName()));
        return Optional.of(paths).filter(found -> fit);
    }

    /** Whether everything may be shown as it is. */
    public boolean isKept() {
        return mode == Mode.KEEP;
    }

    /** Whether what is in that field may be shown as it is. */
    public boolean isShown(LoginField field) {
        return isKept() || !fields.contains(field.jsonName());
    }
}
