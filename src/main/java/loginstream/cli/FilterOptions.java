package loginstream.cli;

import java.time.Instant;
import java.util.Set;
import loginstream.deadletter.store.DeadLetterFilter;
import loginstream.deadletter.store.RecordPosition;
import loginstream.login.Failure;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options that choose dead letters, the same for every command. */
final class FilterOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--failure",
            paramLabel = "KIND",
            converter = ToFailure.class,
            description = "${COMPLETION-CANDIDATES}.")
    private Failure failure;

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

    /** Knows the words only; picocli's own would take the constants' names as well. */
    static final class ToFailure implements ITypeConverter<Failure> {
        @Override
        public Failure convert(String word) {
            try {
                return Failure.of(word);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
