package loginstream.cli;

import java.io.PrintWriter;
import loginstream.cli.text.DeadLetterDetails;
import loginstream.config.Settings;
import loginstream.deadletter.store.DeadLetterException;
import loginstream.deadletter.store.DeadLetterJson;
import loginstream.deadletter.store.RecordPosition;
import loginstream.deadletter.store.StoredDeadLetter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows all of one dead letter. */
@Command(
        name = "show",
        description = "Shows headers, key and value of one dead letter.",
        mixinStandardHelpOptions = true)
final class DeadLettersShowCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "TOPIC-PARTITION@OFFSET",
            description = "Where it is in the dead-letter topic, as list prints it.")
    private String position;

    @Option(names = "--json", description = "As a JSON object, complete.")
    private boolean json;

    @Override
    public void run() {
        RecordPosition wanted = PositionArguments.read(spec.commandLine(), position);
        Settings settings = RunningCluster.settings("dead-letters");
        PositionArguments.requireDeadLetters(spec.commandLine(), wanted, settings);
        StoredDeadLetter letter = DeadLettersCommand.reader(settings)
                .find(wanted)
                .orElseThrow(() -> new DeadLetterException("there is no record at " + wanted));
        if (json) {
            DeadLettersCommand.utf8().println(DeadLetterJson.whole(letter));
        } else {
            PrintWriter out = spec.commandLine().getOut();
            DeadLetterDetails.of(letter).forEach(out::println);
            out.flush();
        }
    }
}
