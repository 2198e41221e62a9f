package loginstream.cli;

import java.time.Instant;
import java.util.Set;
import loginstream.deadletter.store.DeadLetterFilter;
import loginstream.deadletter.store.RecordPosition;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that choose dead letters, the same for every command. */
final class FilterOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--failure", paramLabel = "KIND", description = "unparseable, invalid or processing.")
    private String failure;

    @Option(names = "--reason", paramLabel = "TEXT", description = "The reason holds this, whatever its case.")
    private String reason;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Failed then or later: 15m, 2h, 1d (ago), a date, or 2026-11-22T10:30:00Z.")
    private Instant since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Failed before then; written like --since.")
    private Instant until;

    @Option(
            names = "--source",
            paramLabel = "FROM",
            description = "Came from this topic, topic-partition, or topic-partition@offset.")
    private String source;

    @Option(names = "--pending", description = "Only what was not redriven yet.")
    private boolean pending;

    /** The filter they make; a mistake in one is one of usage. */
    DeadLetterFilter filter(Set<RecordPosition> positions) {
        try {
            return new DeadLetterFilter(failure, reason, since, until, source, pending, positions);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage());
        }
    }
}
