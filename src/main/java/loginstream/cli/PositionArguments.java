package loginstream.cli;

import loginstream.config.Settings;
import loginstream.deadletter.store.RecordPosition;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Positions on the command line; a mistake in one is one of usage. */
final class PositionArguments {
    private PositionArguments() {}

    static RecordPosition read(CommandLine command, String text) {
        try {
            return RecordPosition.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, e.getMessage());
        }
    }

    /** People have two positions before them; the one in the input topic is easily taken for the other. */
    static void requireDeadLetters(CommandLine command, RecordPosition position, Settings settings) {
        String topic = settings.topics().deadLetter();
        if (!position.topic().equals(topic)) {
            throw new ParameterException(
                    command,
                    position + " is not in " + topic + "; where it came from there, list --source " + position
                            + " finds it");
        }
    }
}
