package loginstream.cli;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import loginstream.access.AccessRules;
import loginstream.access.AccessRules.Command;
import loginstream.cli.text.AccessRuleText;
import loginstream.config.Settings;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells which rights on the cluster the commands need. */
@CommandLine.Command(
        name = "acls",
        description = "Tells which rights on the cluster the commands need, with these settings; gives none.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "For example, what a pod needs, for Kafka's own tool:",
            "  acls run check --format script --principal User:loginstream"
        })
final class AclsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "COMMAND",
            description = "What is to be done: run, check, generate, dead-letters, replay. Default: all.")
    private List<String> commands = List.of();

    @Option(
            names = "--format",
            defaultValue = "table",
            paramLabel = "FORMAT",
            description =
                    "table for people, script for kafka-acls.sh, strimzi for a KafkaUser. Default: ${DEFAULT-VALUE}.")
    private String format;

    @Option(
            names = "--principal",
            defaultValue = "User:loginstream",
            paramLabel = "TYPE:NAME",
            description = "Whom they are for. Default: ${DEFAULT-VALUE}.")
    private String principal;

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description = "Another topic that a route sends to; several times.")
    private Set<String> others = new TreeSet<>();

    @Option(
            names = "--output",
            defaultValue = "replayed",
            paramLabel = "TOPIC",
            description = "What replay writes to. Default: ${DEFAULT-VALUE}.")
    private String output;

    @Override
    public void run() {
        Settings settings = Settings.load();
        AccessRules rules = new AccessRules(
                settings.topics(), settings.consumer().group(), settings.delivery(), List.copyOf(others));
        AccessRuleText text = new AccessRuleText(rules.of(chosen(settings.sink().isStoring()), output));
        List<String> lines =
                switch (format) {
                    case "table" -> text.table();
                    case "script" -> text.script(principal);
                    case "strimzi" -> text.strimzi(principal.substring(principal.indexOf(':') + 1), "my-cluster");
                    default -> throw wrong("--format " + format + " is none of table, script, strimzi");
                };
        lines.forEach(spec.commandLine().getOut()::println);
    }

    private Set<Command> chosen(boolean storing) {
        Set<Command> chosen = EnumSet.noneOf(Command.class);
        for (String word : commands) {
            chosen.add(Stream.of(Command.values())
                    .filter(command -> command.word().equals(word))
                    .findFirst()
                    .orElseThrow(
                            () -> wrong("COMMAND " + word + " is none of run, check, generate, dead-letters, replay")));
        }
        if (!chosen.isEmpty()) {
            return chosen;
        }
        return storing
                ? EnumSet.of(Command.RUN, Command.CHECK, Command.DEAD_LETTERS) // the others are no business of a sink
                : EnumSet.allOf(Command.class);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
