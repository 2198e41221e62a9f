package loginstream.cli;

import java.io.PrintWriter;
import java.util.Set;
import loginstream.cli.text.BarChart;
import loginstream.cli.text.Terminal;
import loginstream.deadletter.store.DeadLetterFilter;
import loginstream.deadletter.store.DeadLetterJson;
import loginstream.deadletter.store.DeadLetterStats;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Counts dead letters. */
@Command(name = "stats", description = "Counts dead letters by failure and by rule.", mixinStandardHelpOptions = true)
final class DeadLettersStatsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private FilterOptions options;

    @Option(names = "--json", description = "As a JSON object.")
    private boolean json;

    @Override
    public void run() {
        DeadLetterFilter filter = options.filter(Set.of());
        DeadLetterStats stats = DeadLettersCommand.reader(RunningCluster.settings("dead-letters"))
                .stats(filter);
        if (json) {
            DeadLettersCommand.utf8().println(DeadLetterJson.of(stats));
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(stats.total() + " dead letters, " + stats.redriven() + " of them redriven already");
        if (stats.total() > 0) {
            BarChart chart = new BarChart(new Terminal(spec).width(), Terminal.canShow(BarChart.characters()));
            out.println();
            out.println("by failure");
            chart.lines(stats.byFailure()).forEach(out::println);
            out.println();
            out.println("by reason");
            chart.lines(stats.byReason()).forEach(out::println);
        }
        out.flush();
    }
}
