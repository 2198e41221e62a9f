package loginstream.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import loginstream.Replay;
import loginstream.Staging;
import loginstream.cli.text.ReplaySummary;
import loginstream.cli.text.Terminal;
import loginstream.config.Settings;
import loginstream.kafka.AdminClients;
import loginstream.kafka.Topics;
import loginstream.replay.ReplayGroup;
import loginstream.replay.ReplayRequest;
import loginstream.route.RouteSettings;
import loginstream.route.yaml.RouteFiles;
import me.tongfei.progressbar.ProgressBar;
import org.apache.camel.RoutesBuilder;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sends records of the past once more through a route, into other topics. */
@Command(
        name = "replay",
        description = "Sends the input's records of some time once more through the route, into other topics. The live"
                + " group, its offsets and its topics are left alone. Interrupted or killed, it goes on where it was when it is"
                + " told the same again.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "For example, an edit on yesterday's records:",
            "  replay --from 2026-11-20 --to 2026-11-21 --output tried --routes my-routes --dry-run",
            "  replay --from 2026-11-20 --to 2026-11-21 --output tried --routes my-routes"
        })
final class ReplayCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int STOP_SECONDS = 25;
    private static final String NOW = "now";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description =
                    "Records from that time on, by their timestamps: 2026-11-20, 2026-11-20T10:00:00Z, or 2h ago.")
    private Instant from;

    @Option(
            names = "--to",
            defaultValue = NOW,
            paramLabel = "TIME",
            description = "And before that. Default: ${DEFAULT-VALUE}.")
    private String to;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "TOPIC",
            description =
                    "Where results go; dead letters go to TOPIC.dlq. Both are made where they are not there. What routes send to"
                            + " another topic X goes to TOPIC.X.")
    private String output;

    @Option(
            names = "--routes",
            paramLabel = "DIR",
            description =
                    "The *.camel.yaml in there. Default: what LOGINSTREAM_ROUTES says, the Java route or those of the"
                            + " routes directory.")
    private Path routes;

    @Option(names = "--limit", paramLabel = "N", description = "So many records at most, in this run.")
    private Long limit;

    @Option(names = "--rate", paramLabel = "N", description = "So many records a second at most.")
    private double rate;

    @Option(names = "--dry-run", description = "Only tell what there is to be replayed.")
    private boolean dryRun;

    @Option(
            names = "--into-live-topic",
            description = "Allow the live output topic as TOPIC, and other topics of routes as they are.")
    private boolean intoLiveTopic;

    @Override
    public Integer call() throws Exception {
        Settings live = RunningCluster.pipeline("replay");
        Through through = through(live);
        ReplayRequest request = request(live, through.text());
        String input = live.topics().input();
        Settings settings = live.with(
                request.settings(live.consumer().group(), input, live.consumer().batchSize()));
        try (Admin admin = AdminClients.open(settings.clients())) {
            ReplayGroup group = new ReplayGroup(admin, settings.consumer().group(), input);
            ReplayGroup.Plan plan = group.plan(request);
            out((plan.resumed() ? "going on" : "beginning") + " with " + request.from() + " to " + request.to() + " of "
                    + input + ", about " + plan.wanted() + " records in "
                    + plan.ends().size() + " partitions, through " + through.name() + ", in group "
                    + settings.consumer().group());
            if (dryRun || plan.offsets() == 0) {
                out(dryRun ? "nothing was sent: that was a dry run" : nothingToDo(plan));
                return ExitCode.OK;
            }
            if (plan.resumed() && plan.wanted() == 0) {
                out("it was done before; looking for late ones in the " + plan.offsets() + " records since");
            }
            group.make(
                            List.of(request.output(), request.deadLetters()),
                            plan.ends().size())
                    .forEach(topic -> out("made the topic " + topic));
            group.begin(plan);
            return run(new Replay(settings, request, plan, topics()), through.routes(), plan);
        }
    }

    private static String nothingToDo(ReplayGroup.Plan plan) {
        return plan.resumed() ? "it was done before: nothing is left to be sent" : "there is nothing to be done";
    }

    private ReplayRequest request(Settings live, String through) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        boolean endless = to.equals(NOW);
        Instant until = endless ? now : new TimeConverter().convert(to);
        if (!from.isBefore(until)) {
            throw wrong("--from must be before --to");
        }
        if (output.equals(live.topics().output()) && !intoLiveTopic) {
            throw wrong("--output " + output + " is the live output topic: say --into-live-topic if that is meant");
        }
        Topics topics = live.topics();
        List<String> taken = List.of(topics.input(), topics.output(), topics.deadLetter());
        if (output.equals(topics.input()) || output.equals(topics.deadLetter()) || taken.contains(output + ".dlq")) {
            throw wrong("--output " + output + " or " + output + ".dlq is a topic of the live pipeline");
        }
        if (limit != null && limit < 1) {
            throw wrong("--limit must be 1 or more");
        }
        if (!(rate >= 0 && rate <= 1e7)) {
            throw wrong("--rate must be from 0 to 10000000");
        }
        return new ReplayRequest(
                from.truncatedTo(ChronoUnit.MILLIS),
                until,
                endless,
                output,
                through,
                limit == null ? Long.MAX_VALUE : limit,
                rate);
    }

    /** What routes send to still other topics must not get into those either, unless all is to be as live. */
    private UnaryOperator<String> topics() {
        return intoLiveTopic ? UnaryOperator.identity() : topic -> output + "." + topic;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /**
     * What the records are sent through.
     *
     * @param name for people
     * @param text all that makes it another one
     */
    private record Through(RoutesBuilder routes, String name, String text) {}

    private Through through(Settings live) {
        if (routes != null && !Files.isDirectory(routes)) {
            throw wrong("--routes " + routes + " is no directory");
        }
        if (routes == null && live.routes().form() == RouteSettings.Form.JAVA) {
            return new Through(Staging.javaRoutes(live), "the Java route", "java");
        }
        Path directory = routes == null ? live.routes().directory() : routes;
        RouteFiles files = Staging.yamlRoutes(live, directory).load();
        return new Through(
                files.builder(), directory + "/*.camel.yaml", files.texts().toString());
    }

    /** A signal lets it end after the transaction in hand, and tell how far it came. */
    private int run(Replay replay, RoutesBuilder through, ReplayGroup.Plan plan) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        Thread hook = new Thread(() -> stop(replay, done), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        long begun = System.nanoTime();
        try {
            boolean ended = run(replay, through, plan.offsets());
            ReplaySummary.of(replay.metrics(), System.nanoTime() - begun).forEach(this::out);
            out(ended ? "done" : "stopped: the same command goes on from here");
            return ended ? ExitCode.OK : FAILED;
        } finally {
            done.countDown();
        }
    }

    private boolean run(Replay replay, RoutesBuilder through, long offsets) throws Exception {
        if (!new Terminal(spec).isInteractive()) {
            return replay.run(through, come -> {});
        }
        try (ProgressBar bar = Terminal.bar("replay", offsets)) {
            return replay.run(through, bar::stepTo);
        }
    }

    private static void stop(Replay replay, CountDownLatch done) {
        replay.close();
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
