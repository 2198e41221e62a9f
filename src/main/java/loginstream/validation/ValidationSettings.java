package loginstream.validation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import loginstream.config.reading.SettingValues;
import loginstream.login.LoginField;

/**
 * Rules that can be set.
 *
 * @param required fields that must be there
 * @param maxClockSkew how far in the future a timestamp may be
 */
public record ValidationSettings(List<LoginField> required, Duration maxClockSkew) {

    /** Reads them. */
    public static ValidationSettings read(SettingValues values) {
        return new ValidationSettings(
                values.parsed(
                        "loginstream.validation.required",
                        ValidationSettings::fields,
                        "a list of these, separated by commas: " + LoginField.names()),
                values.duration("loginstream.validation.max-clock-skew", Duration.ofHours(24)));
    }

    private static Optional<List<LoginField>> fields(String names) {
        List<LoginField> fields = new ArrayList<>();
        for (String name : SettingValues.list(names)) {
            LoginField field = LoginField.named(name);
            if (field == null) {
                return Optional.empty();
            }
            fields.add(field);
        }
        return Optional.of(List.copyOf(fields));
    }
}
