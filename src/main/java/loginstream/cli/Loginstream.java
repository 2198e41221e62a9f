package loginstream.cli;

import java.util.Set;
import loginstream.logging.LogFormat;
import org.slf4j.LoggerFactory;

/** Command line in, application out. */
public final class Loginstream {
    private Loginstream() {}

    /** Exits with 0, 1 (failed) or 2 (usage or configuration). */
    public static void main(String[] args) {
        chooseLogFormat(args);
        System.exit(LoginstreamCommand.run(args));
    }

    /** What runs in a container logs as the settings say; the other commands talk to somebody at a terminal. */
    private static void chooseLogFormat(String[] args) {
        boolean runs = args.length == 0 || Set.of("run", "generate").contains(args[0]);
        LogFormat format = runs ? LogFormat.wanted(System.getProperties(), System.getenv()) : LogFormat.TEXT;
        format.choose();
        if (format == LogFormat.ECS) {
            Thread.setDefaultUncaughtExceptionHandler((thread, failure) ->
                    LoggerFactory.getLogger("loginstream").error("{} has ended", thread.getName(), failure));
        }
    }
}
