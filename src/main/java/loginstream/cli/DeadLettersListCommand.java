package loginstream.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import loginstream.cli.text.DeadLetterTable;
import loginstream.cli.text.Terminal;
import loginstream.deadletter.store.DeadLetterFilter;
import loginstream.deadletter.store.DeadLetterJson;
import loginstream.deadletter.store.StoredDeadLetter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lists dead letters, the newest first. */
@Command(name = "list", description = "Lists dead letters, the newest first.", mixinStandardHelpOptions = true)
final class DeadLettersListCommand implements Runnable {
    private static final int MOST = 100_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private FilterOptions options;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "How many (${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Override
    public void run() {
        if (limit < 1 || limit > MOST) {
            throw new ParameterException(spec.commandLine(), "--limit must be from 1 to " + MOST);
        }
        DeadLetterFilter filter = options.filter(Set.of());
        List<StoredDeadLetter> letters = DeadLettersCommand.reader(RunningCluster.settings("dead-letters"))
                .newest(filter, limit);
        if (json) {
            PrintStream out = DeadLettersCommand.utf8();
            letters.forEach(letter -> out.println(DeadLetterJson.summary(letter)));
        } else if (letters.isEmpty()) {
            spec.commandLine().getErr().println("no dead letters like that");
        } else {
            PrintWriter out = spec.commandLine().getOut();
            String ellipsis = Terminal.canShow("…") ? "…" : "...";
            new DeadLetterTable(new Terminal(spec).width(), ellipsis)
                    .lines(letters)
                    .forEach(out::println);
            out.flush();
        }
    }
}
