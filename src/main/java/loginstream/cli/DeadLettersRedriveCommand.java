package loginstream.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import loginstream.cli.text.Terminal;
import loginstream.config.Settings;
import loginstream.deadletter.redrive.RedrivePlan;
import loginstream.deadletter.redrive.RedriveRequest;
import loginstream.deadletter.redrive.RedriveResult;
import loginstream.deadletter.redrive.Redriver;
import loginstream.deadletter.store.RecordPosition;
import loginstream.login.MemberEdits;
import loginstream.login.PlainText;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends dead letters to the input topic again. */
@Command(
        name = "redrive",
        description = "Sends dead letters to the input topic again, each once, however often it is called.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "What was sent is remembered beside the dead letters, in the same transaction: the same command again goes",
            "on where it was stopped, and sends nothing twice."
        })
final class DeadLettersRedriveCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int STOP_SECONDS = 20;

    @Spec
    private CommandSpec spec;

    @Mixin
    private FilterOptions options;

    @Parameters(
            arity = "0..*",
            paramLabel = "TOPIC-PARTITION@OFFSET",
            description = "Only these of the dead-letter topic.")
    private List<String> positions = List.of();

    @Option(
            names = "--edit",
            paramLabel = "NAME=VALUE",
            description = "Sets a member of the JSON object first; can be repeated. The value is JSON where it reads as"
                    + " JSON (7, true, null, '\"7\"'), else a string.")
    private List<String> edits = List.of();

    @Option(names = "--dry-run", description = "Tells what would be sent, and sends nothing.")
    private boolean dryRun;

    @Option(
            names = {"-y", "--yes"},
            description = "Does not ask.")
    private boolean yes;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Records a second; 0 is as fast as it goes (${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--max-redrives",
            paramLabel = "N",
            defaultValue = "" + RedriveRequest.DEFAULT_MAX_REDRIVES,
            description = "Leaves alone what was sent again so often already (${DEFAULT-VALUE}).")
    private int maxRedrives;

    @Override
    public Integer call() {
        RedriveRequest request = request();
        Terminal terminal = new Terminal(spec);
        if (!dryRun && !yes && !terminal.isInteractive()) {
            spec.commandLine()
                    .getErr()
                    .println("loginstream: there is nobody to ask: add --yes, or --dry-run to see what would be sent");
            return CommandLine.ExitCode.USAGE;
        }
        Settings settings = RunningCluster.settings("dead-letters");
        request.filter()
                .positions()
                .forEach(position -> PositionArguments.requireDeadLetters(spec.commandLine(), position, settings));
        Redriver redriver = new Redriver(settings.clients(), settings.topics(), Clock.systemUTC());
        RedrivePlan plan = redriver.plan(request);
        String input = settings.topics().input();
        if (dryRun) {
            describe(plan, input);
            return 0;
        }
        long toSend = plan.expected().sent();
        if (toSend > 0 && !yes) {
            describe(plan, input);
            if (!terminal.confirms("Send " + toSend + (toSend == 1 ? " record" : " records") + " to " + input + "?")) {
                out("nothing sent");
                return 0;
            }
        }
        return toSend == 0 ? report(plan.expected(), request, input) : redrive(redriver, plan, terminal, input);
    }

    private int report(RedriveResult result, RedriveRequest request, String input) {
        out(result.describe("redrove", request, input) + missing(result));
        return result.refused() > 0 ? FAILED : 0;
    }

    private RedriveRequest request() {
        Set<RecordPosition> wanted = positions.stream()
                .map(text -> PositionArguments.read(spec.commandLine(), text))
                .collect(Collectors.toSet());
        try {
            return new RedriveRequest(options.filter(wanted), MemberEdits.parse(edits), maxRedrives, rate);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private void describe(RedrivePlan plan, String input) {
        RedriveRequest request = plan.request();
        out(plan.expected().describe("would redrive", request, input) + missing(plan.expected()));
        request.edits()
                .asJson()
                .forEach(
                        (name, json) -> out("  with " + PlainText.quoted(name) + " set to " + PlainText.of(json, 200)));
        plan.first().forEach(letter -> out("  " + letter.position() + "  " + PlainText.of(letter.reason(), 100)));
        long more = plan.expected().sent() - plan.first().size();
        if (more > 0) {
            out("  and " + more + " more");
        }
    }

    /** Positions at which there is nothing that the filter wants. */
    private String missing(RedriveResult result) {
        long missing = positions.stream().distinct().count() - result.matched();
        return missing > 0 ? "; " + missing + " of the positions hold nothing like that" : "";
    }

    /** A signal lets it end after the transaction in hand, and tell how far it came. */
    private int redrive(Redriver redriver, RedrivePlan plan, Terminal terminal, String input) {
        CountDownLatch done = new CountDownLatch(1);
        Thread hook = new Thread(() -> stop(redriver, done), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return report(redrive(redriver, plan, terminal), plan.request(), input);
        } finally {
            done.countDown();
        }
    }

    private static RedriveResult redrive(Redriver redriver, RedrivePlan plan, Terminal terminal) {
        if (!terminal.isInteractive()) {
            return redriver.redrive(plan, sent -> {});
        }
        try (ProgressBar bar = Terminal.bar("redrive", plan.expected().sent())) {
            return redriver.redrive(plan, bar::stepTo);
        }
    }

    private static void stop(Redriver redriver, CountDownLatch done) {
        redriver.stop();
        try {
            done.await(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void out(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
