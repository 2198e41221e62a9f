package loginstream.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import loginstream.config.Settings;
import loginstream.console.ConsoleSettings;
import loginstream.generator.SandboxSettings;
import loginstream.kafka.Topics;
import loginstream.logging.LogFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What runs, where, and what to try next. */
final class Banner {
    private static final Logger LOG = LoggerFactory.getLogger("loginstream");

    private final Settings settings;
    private final boolean sandboxed;
    private final List<String> tryNext;

    /**
     * @param tryNext beside what can be tried always
     */
    Banner(Settings settings, boolean sandboxed, List<String> tryNext) {
        this.tryNext = tryNext;
        this.settings = settings;
        this.sandboxed = sandboxed;
    }

    /** Tells it: to somebody at a terminal all of it, to a store of logs what runs. */
    void tell() {
        if (LogFormat.ECS.isChosen()) {
            Topics topics = settings.topics();
            LOG.info(
                    "running: from {} as group {} to {}, what is bad to {}; delivery {}",
                    topics.input(),
                    settings.consumer().group(),
                    results(),
                    topics.deadLetter(),
                    delivery());
        } else {
            print(System.out);
        }
    }

    private void print(PrintStream out) {
        String servers = settings.kafka().bootstrapServers();
        String management = "http://localhost:" + settings.all().get("camel.management.port");
        Topics topics = settings.topics();
        out.println();
        out.println("Loginstream is running.");
        out.println();
        line(out, "Kafka", servers + (sandboxed ? "  (embedded, its data is gone when this stops)" : ""));
        line(out, "reads", topics.input() + "  as group " + settings.consumer().group());
        line(out, "writes", results() + ", and what is bad to " + topics.deadLetter());
        line(out, "delivery", delivery());
        line(out, "route", route());
        if (sandboxed) {
            SandboxSettings sandbox = settings.sandbox();
            line(
                    out,
                    "generator",
                    sandbox.rate() + " logins a second, " + Math.round(sandbox.badShare() * 100) + " % of them bad");
        }
        if (settings.console().enabled()) {
            line(out, "console", console());
        }
        line(out, "health", management + "/observe/health/live and /observe/health/ready");
        line(out, "metrics", management + "/observe/metrics");
        out.println();
        out.println("Try next, in another terminal:");
        tryNext.forEach(command -> out.println("  " + command));
        if (!topics.output().isEmpty()) {
            out.println("  kcat -b " + servers + " -t " + topics.output() + " -C");
        }
        out.println("  kcat -b " + servers + " -t " + topics.deadLetter() + " -C -f '%h\\n%s\\n\\n'");
        out.println("  KAFKA_BOOTSTRAP_SERVERS=" + servers + " java -jar target/loginstream.jar dead-letters stats"
                + (sandboxed ? "    (mvn package -DskipTests makes the jar)" : ""));
        out.println("Stop with Ctrl-C.");
        out.println();
        out.flush();
    }

    private String results() {
        return settings.sink().isStoring()
                ? "the sink " + settings.sink().name()
                : settings.topics().output();
    }

    private String delivery() {
        return settings.delivery().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private String route() {
        return switch (settings.routes().form()) {
            case JAVA ->
                "Java (LOGINSTREAM_ROUTES=yaml runs " + settings.routes().directory()
                        + "/*.camel.yaml, to be edited while it runs)";
            case YAML -> settings.routes().directory() + "/*.camel.yaml, reloaded when you save one";
        };
    }

    private String console() {
        ConsoleSettings console = settings.console();
        String host = console.host().contains(":") ? "[" + console.host() + "]" : console.host();
        return "http://" + host + ":" + console.port() + "  (live numbers, dead letters, pause and resume)";
    }

    private static void line(PrintStream out, String what, String value) {
        out.printf("  %-10s %s%n", what, value);
    }
}
