package loginstream.cli.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import loginstream.access.AccessRule;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/** Rights, in the forms in which people give them. */
public final class AccessRuleText {
    private static final List<String> TITLES = List.of("COMMAND", "OPERATION", "ON", "NAME", "WHAT FOR");
    private static final int GAP = 2;
    private static final Help.ColorScheme PLAIN = Help.defaultColorScheme(Help.Ansi.OFF);

    private final Map<String, List<AccessRule>> rules;

    /**
     * @param rules by the command that needs them
     */
    public AccessRuleText(Map<String, List<AccessRule>> rules) {
        this.rules = new LinkedHashMap<>(rules);
    }

    /** For people. */
    public List<String> table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(TITLES);
        rules.forEach((command, needed) -> needed.forEach(
                rule -> rows.add(List.of(command, rule.verb(), rule.kind(), name(rule.resource()), purpose(rule)))));
        Column[] columns = new Column[TITLES.size()];
        for (int i = 0; i < columns.length; i++) {
            int column = i;
            int width = rows.stream()
                    .mapToInt(row -> row.get(column).length())
                    .max()
                    .orElse(0);
            columns[i] = new Column(width + GAP, 0, Overflow.SPAN);
        }
        TextTable table = TextTable.forColumns(PLAIN, columns);
        rows.forEach(
                row -> table.addRowValues(row.stream().map(Help.Ansi.OFF::text).toArray(Text[]::new)));
        return table.toString().lines().map(String::stripTrailing).toList();
    }

    private static String name(ResourcePattern resource) {
        return resource.patternType() == PatternType.PREFIXED ? resource.name() + "*" : resource.name();
    }

    private static String purpose(AccessRule rule) {
        return rule.reason() + (rule.needed() ? "" : " (goes on without)");
    }

    /** For Kafka's own tool. */
    public List<String> script(String principal) {
        List<String> lines = new ArrayList<>();
        lines.add("#!/bin/sh -e");
        lines.add("# Rights for " + principal + ": " + String.join(", ", rules.keySet()) + ".");
        lines.add(
                "# BOOTSTRAP_SERVERS and ADMIN_CONFIG, a file with the options of somebody who may give rights, must be set.");
        distinct()
                .forEach(rule -> lines.add("kafka-acls.sh --bootstrap-server \"$BOOTSTRAP_SERVERS\""
                        + " --command-config \"$ADMIN_CONFIG\" --add --allow-principal " + quoted(principal)
                        + " --operation " + rule.verb() + " --"
                        + word(rule.resource().resourceType(), "transactional-id") + " "
                        + quoted(rule.resource().name())
                        + (rule.resource().patternType() == PatternType.PREFIXED
                                ? " --resource-pattern-type prefixed"
                                : "")));
        return lines;
    }

    /** For Strimzi's operator. */
    public List<String> strimzi(String user, String cluster) {
        List<String> lines = new ArrayList<>(List.of(
                "apiVersion: kafka.strimzi.io/v1",
                "kind: KafkaUser",
                "metadata:",
                "  name: " + user,
                "  labels:",
                "    strimzi.io/cluster: " + cluster,
                "spec:",
                "  authentication:",
                "    type: scram-sha-512",
                "  authorization:",
                "    type: simple",
                "    acls:"));
        Map<ResourcePattern, List<AccessRule>> byResource = distinct()
                .collect(Collectors.groupingBy(AccessRule::resource, LinkedHashMap::new, Collectors.toList()));
        byResource.forEach((resource, needed) -> lines.addAll(List.of(
                "      - resource:",
                "          type: " + word(resource.resourceType(), "transactionalId"),
                "          name: '" + resource.name().replace("'", "''") + "'",
                "          patternType: " + (resource.patternType() == PatternType.PREFIXED ? "prefix" : "literal"),
                "        operations: [" + needed.stream().map(AccessRule::verb).collect(Collectors.joining(", "))
                        + "]")));
        return lines;
    }

    private static String word(ResourceType type, String ofTransactionalIds) {
        return type == ResourceType.TRANSACTIONAL_ID
                ? ofTransactionalIds
                : type.name().toLowerCase(Locale.ROOT);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** Two commands may need the same, for different reasons. */
    private Stream<AccessRule> distinct() {
        Map<String, AccessRule> distinct = new LinkedHashMap<>();
        rules.values().forEach(needed -> needed.forEach(rule -> distinct.putIfAbsent(rule.toString(), rule)));
        return distinct.values().stream();
    }
}
