package loginstream.kafka;

import java.util.Set;
import loginstream.config.reading.InvalidSettingException;
import loginstream.config.reading.SettingValues;

/**
 * Names of the topics.
 *
 * @param output empty where results do not go to a topic
 */
public record Topics(String input, String output, String deadLetter) {
    private static final String OUTPUT = "loginstream.output.topic";

    public Topics {
        if (input.equals(output) || input.equals(deadLetter) || output.equals(deadLetter)) {
            throw new InvalidSettingException("loginstream.input.topic, loginstream.output.topic and "
                    + "loginstream.dead-letter.topic must differ: they are " + input + ", " + output + " and "
                    + deadLetter);
        }
    }

    /** Reads them. */
    public static Topics read(SettingValues values) {
        boolean stored = !values.text("loginstream.sink").isEmpty()
                && values.text(OUTPUT).isEmpty();
        return values.fitting(() -> new Topics(
                values.topic("loginstream.input.topic"),
                stored ? "" : values.topic(OUTPUT),
                values.topic("loginstream.dead-letter.topic")));
    }

    /** Those that results and dead letters are sent to. */
    public Set<String> written() {
        return output.isEmpty() ? Set.of(deadLetter) : Set.of(output, deadLetter);
    }
}
