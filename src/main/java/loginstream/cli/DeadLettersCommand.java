package loginstream.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import loginstream.config.Settings;
import loginstream.deadletter.store.DeadLetterReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What can be done with dead letters: find, understand, repair, send again. */
@Command(
        name = "dead-letters",
        description = "Finds dead letters, shows them, counts them, and sends them again.",
        mixinStandardHelpOptions = true,
        subcommands = {
            DeadLettersListCommand.class,
            DeadLettersShowCommand.class,
            DeadLettersStatsCommand.class,
            DeadLettersRedriveCommand.class
        },
        footer = {
            "",
            "Without KAFKA_BOOTSTRAP_SERVERS it looks for the sandbox that mvn compile camel:run has started.",
            "For example:",
            "  dead-letters list --since 1h --reason device_type",
            "  dead-letters show user-login.dlq-0@17",
            "  dead-letters redrive --reason 'device_type: missing' --edit device_type=unknown --dry-run"
        })
final class DeadLettersCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: list, show, stats or redrive");
    }

    /** Reads the dead letters of these settings. */
    static DeadLetterReader reader(Settings settings) {
        return new DeadLetterReader(settings.clients(), settings.topics());
    }

    /** Standard output for other programs: UTF-8, whatever the terminal has. */
    static PrintStream utf8() {
        return new PrintStream(System.out, true, StandardCharsets.UTF_8);
    }
}
