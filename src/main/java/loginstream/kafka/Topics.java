package loginstream.kafka;

import loginstream.config.reading.InvalidSettingException;
import loginstream.config.reading.SettingValues;

/** Names of the topics. */
public record Topics(String input, String output, String deadLetter) {
    public Topics {
        if (input.equals(output) || input.equals(deadLetter) || output.equals(deadLetter)) {
            throw new InvalidSettingException("loginstream.input.topic, loginstream.output.topic and "
                    + "loginstream.dead-letter.topic must differ: they are " + input + ", " + output + " and "
                    + deadLetter);
        }
    }

    /** Reads them. */
    public static Topics read(SettingValues values) {
        return values.fitting(() -> new Topics(
                values.topic("loginstream.input.topic"),
                values.topic("loginstream.output.topic"),
                values.topic("loginstream.dead-letter.topic")));
    }
}
