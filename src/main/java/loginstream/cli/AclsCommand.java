package loginstream.cli;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import loginstream.access.AccessRule;
import loginstream.access.AccessRules;
import loginstream.access.AccessRules.Command;
import loginstream.cli.text.AccessRuleText;
import loginstream.config.Settings;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
    /** In which form. */
    enum Format {
        TABLE,
        SCRIPT,
        STRIMZI
    }

    /** The words of the command line, in the order of the help. */
    static final class Commands implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return Stream.of(Command.values()).map(AclsCommand::word).iterator();
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "COMMAND",
            completionCandidates = Commands.class,
            description = "What is to be done: ${COMPLETION-CANDIDATES}. Default: all.")
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
        Map<String, List<AccessRule>> byCommand = new LinkedHashMap<>();
        chosen().forEach(command -> byCommand.put(word(command), rules.of(command, output)));
        AccessRuleText text = new AccessRuleText(byCommand);
        List<String> lines =
                switch (format()) {
                    case TABLE -> text.table();
                    case SCRIPT -> text.script(principal);
                    case STRIMZI -> text.strimzi(principal.substring(principal.indexOf(':') + 1), "my-cluster");
                };
        lines.forEach(spec.commandLine().getOut()::println);
    }

    private Set<Command> chosen() {
        Set<Command> chosen = EnumSet.noneOf(Command.class);
        commands.forEach(word -> chosen.add(one(Command.values(), word, "COMMAND")));
        return chosen.isEmpty() ? EnumSet.allOf(Command.class) : chosen;
    }

    private Format format() {
        return one(Format.values(), format, "--format");
    }

    private <E extends Enum<E>> E one(E[] all, String word, String what) {
        return Stream.of(all)
                .filter(one -> word(one).equals(word))
                .findFirst()
                .orElseThrow(() -> new CommandLine.ParameterException(
                        spec.commandLine(),
                        what + " " + word + " is none of "
                                + String.join(
                                        ", ",
                                        Stream.of(all).map(AclsCommand::word).toList())));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
