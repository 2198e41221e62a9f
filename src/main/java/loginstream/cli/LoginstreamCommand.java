package loginstream.cli;

import java.util.Optional;
import loginstream.config.reading.InvalidSettingException;
import loginstream.kafka.failure.AccessRefusal;
import loginstream.logging.LogFormat;
import org.apache.kafka.common.KafkaException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code run} where nothing else is said. */
@Command(
        name = "loginstream",
        description = "Turns the raw login events of one Kafka topic into the trusted records of another.",
        synopsisSubcommandLabel = "[run | generate | check | acls | test | replay | dead-letters | storage]",
        mixinStandardHelpOptions = true,
        versionProvider = LoginstreamCommand.Version.class,
        subcommands = {
            RunCommand.class,
            GenerateCommand.class,
            CheckCommand.class,
            AclsCommand.class,
            TestCommand.class,
            ReplayCommand.class,
            DeadLettersCommand.class,
            StorageCommand.class
        },
        footer = {
            "",
            "Settings come from the environment or from system properties, e.g. KAFKA_BOOTSTRAP_SERVERS=host:9092",
            "or -Dkafka.bootstrap.servers=host:9092. application.properties lists them all.",
            "",
            "Exit codes: 0 fine, 1 failed, 2 usage or configuration."
        })
final class LoginstreamCommand implements Runnable {
    private static final int FAILED = 1;

    private LoginstreamCommand() {}

    /** Runs a command line and gives its exit code. */
    static int run(String... args) {
        return new CommandLine(new LoginstreamCommand())
                .setExecutionExceptionHandler((e, command, parsed) -> report(e, command))
                .execute(args);
    }

    private static int report(Exception failure, CommandLine command) {
        if (failure instanceof InvalidSettingException settings) {
            settings.problems().forEach(problem -> tell(command, problem));
            return CommandLine.ExitCode.USAGE;
        }
        Optional<String> refusal = failure instanceof KafkaException ? AccessRefusal.of(failure) : Optional.empty();
        tell(command, refusal.orElse(failure.getMessage() != null ? failure.getMessage() : failure.toString()));
        return FAILED;
    }

    private static void tell(CommandLine command, String message) {
        String line = message.replaceAll("\\s+", " ");
        if (LogFormat.ECS.isChosen()) {
            LoggerFactory.getLogger("loginstream").error(line);
        } else {
            command.getErr().println("loginstream: " + line);
        }
    }

    @Override
    public void run() {
        new RunCommand().run();
    }

    /** The version of the jar, from its manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = LoginstreamCommand.class.getPackage().getImplementationVersion();
            return new String[] {"loginstream " + (version == null ? "(not packaged)" : version)};
        }
    }
}
