package loginstream.enrichment;

import loginstream.config.reading.InvalidSettingException;
import loginstream.config.reading.Secret;
import loginstream.config.reading.SettingValues;

/**
 * What becomes of {@code ip} and {@code device_id}.
 *
 * @param key of the hash
 */
public record PersonalDataSettings(Mode mode, Secret key) {
    /** Kept, hashed, or dropped. */
    public enum Mode {
        KEEP,
        HASH,
        DROP
    }

    public PersonalDataSettings {
        if (mode == Mode.HASH && key.isEmpty()) {
            throw new InvalidSettingException("loginstream.pii.key must be set where loginstream.pii=hash");
        }
    }

    /** Reads them. */
    public static PersonalDataSettings read(SettingValues values) {
        return values.fitting(() -> new PersonalDataSettings(
                values.oneOf("loginstream.pii", Mode.class), values.secret("loginstream.pii.key")));
    }

    /** Whether it may be shown as it is. */
    public boolean isKept() {
        return mode == Mode.KEEP;
    }
}
