package loginstream.cli;

import loginstream.cli.text.Terminal;
import loginstream.config.Settings;
import loginstream.generator.GeneratorLoop;
import loginstream.logging.LogFormat;
import loginstream.schema.TopicFormats;
import me.tongfei.progressbar.ProgressBar;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sends made-up logins to the input topic. */
@Command(
        name = "generate",
        description = "Sends made-up logins to the input topic, some of them bad.",
        mixinStandardHelpOptions = true)
final class GenerateCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Records a second; 0 is as fast as it goes (sandbox.rate).")
    private Double rate;

    @Option(names = "--count", paramLabel = "N", description = "How many; without it, until stopped.")
    private Long count;

    @Option(names = "--bad-share", paramLabel = "0..1", description = "Share of bad ones (sandbox.bad-share).")
    private Double badShare;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The same seed gives the same logins, but for their time.")
    private Long seed;

    @Override
    public void run() {
        require(rate == null || rate >= 0 && rate <= 10_000_000, "--rate must be from 0 to 10000000");
        require(count == null || count >= 0, "--count must not be negative");
        require(badShare == null || badShare >= 0 && badShare <= 1, "--bad-share must be from 0 to 1");
        Settings settings = RunningCluster.pipeline("generate");
        GeneratorLoop loop = new GeneratorLoop(
                settings.kafka(),
                settings.topics().input(),
                rate == null ? settings.sandbox().rate() : rate,
                badShare == null ? settings.sandbox().badShare() : badShare,
                count == null ? Long.MAX_VALUE : count,
                seed == null ? System.nanoTime() : seed,
                TopicFormats.toInput(settings.schema(), settings.topics()));
        Thread hook = new Thread(loop::close, "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        if (count != null && new Terminal(spec).isInteractive()) {
            try (ProgressBar bar = Terminal.bar("generate", count)) {
                loop.run(bar::stepTo);
            }
        } else {
            loop.run(sent -> {});
        }
        String sent = "sent " + loop.sent() + " records to " + settings.topics().input();
        if (LogFormat.ECS.isChosen()) {
            LoggerFactory.getLogger("loginstream").info(sent);
        } else {
            spec.commandLine().getOut().println(sent);
        }
    }

    private void require(boolean condition, String message) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
