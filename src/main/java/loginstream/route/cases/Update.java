package loginstream.route.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Writes what came out into a test file, in the place of what its tests expect. All else stays as it is written. */
public final class Update {
    private static final Set<String> EXPECTATIONS = Set.of("sent", "dead-letters", "filtered");
    private static final int WIDTH = 160;

    private final Path file;
    private final List<String> lines;

    private Update(Path file, List<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    /**
     * Brings a file up to date.
     *
     * @param results of its tests; those that have passed stay as they are
     * @return how many tests were changed
     * @throws InvalidTestFileException if that cannot be done
     */
    public static int write(TestFile file, List<TestResult> results) throws InvalidTestFileException {
        try {
            Update update = new Update(file.path(), new ArrayList<>(Files.readAllLines(file.path())));
            List<TestResult> wrong = results.stream()
                    .filter(result -> !result.isPassed() && result.happenedOrNull() != null)
                    .sorted(Comparator.comparingInt(
                                    (TestResult result) -> result.test().index())
                            .reversed())
                    .toList();
            for (TestResult result : wrong) {
                update.replace(result);
            }
            Files.write(file.path(), update.lines);
            return wrong.size();
        } catch (IOException e) {
            throw new InvalidTestFileException(file.path() + " cannot be written: " + e.getMessage());
        }
    }

    private void replace(TestResult result) throws InvalidTestFileException {
        TestCase test = result.test();
        Optional<Node> node = test.file().source().node("cases", test.index());
        if (!(node.orElse(null) instanceof MappingNode mapping) || mapping.getFlowStyle() == FlowStyle.FLOW) {
            throw new InvalidTestFileException(test.place() + ": a test in braces cannot be updated");
        }
        JsonNode expected = Expectation.of(test.written(), result.happenedOrNull());
        int column = mapping.getStartMark().map(Mark::getColumn).orElse(0);
        int end = withoutTail(line(mapping), lineAfter(test));
        lines.addAll(end, dumped(expected, column));
        List<NodeTuple> entries = mapping.getValue();
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (entries.get(i).getKeyNode() instanceof ScalarNode key && EXPECTATIONS.contains(key.getValue())) {
                int from = line(key);
                int to = i + 1 < entries.size() ? line(entries.get(i + 1).getKeyNode()) : end;
                lines.subList(from, withoutTail(from, to)).clear();
            }
        }
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0);
    }

    /** Where the next test begins, or whatever follows the last one. */
    private int lineAfter(TestCase test) {
        YamlSource source = test.file().source();
        Optional<Node> next = source.node("cases", test.index() + 1);
        if (next.isPresent()) {
            return line(next.get());
        }
        int begin = source.node("cases").map(Update::line).orElse(0);
        return source.tree().properties().stream()
                .map(entry -> source.keyLine(entry.getKey()) - 1)
                .filter(line -> line > begin)
                .min(Comparator.naturalOrder())
                .orElse(lines.size());
    }

    /** Blank lines and comments at the end belong to what follows. */
    private int withoutTail(int from, int to) {
        int end = to;
        while (end > from + 1
                && (lines.get(end - 1).isBlank() || lines.get(end - 1).strip().startsWith("#"))) {
            end--;
        }
        return end;
    }

    private static List<String> dumped(JsonNode expected, int column) {
        if (expected.isEmpty()) {
            return List.of();
        }
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.AUTO)
                .setWidth(WIDTH)
                .setSplitLines(false)
                .setIndicatorIndent(2)
                .setIndentWithIndicator(true)
                .build();
        String text = new Dump(settings).dumpToString(Values.MAPPER.convertValue(expected, Object.class));
        return text.lines().map(line -> " ".repeat(column) + line).toList();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
