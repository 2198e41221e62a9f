package loginstream.route.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** YAML 1.2 as a tree, of which it is known where each part stands. */
final class YamlSource {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final JsonNode tree;
    private final Node root;

    private YamlSource(JsonNode tree, Node root) {
        this.tree = tree;
        this.root = root;
    }

    /**
     * Reads it.
     *
     * @throws InvalidTestFileException if it is no YAML, or empty
     */
    static YamlSource read(Path file, String text) throws InvalidTestFileException {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setLabel(file.toString())
                .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                throw new InvalidTestFileException(file + ": it is empty");
            }
            return new YamlSource(MAPPER.valueToTree(new Load(settings).loadFromString(text)), root.get());
        } catch (MarkedYamlEngineException e) {
            String line =
                    e.getProblemMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
            throw new InvalidTestFileException(file + line + ": " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new InvalidTestFileException(file + ": " + e.getMessage());
        }
    }

    JsonNode tree() {
        return tree;
    }

    /** The line, from 1, of what stands there, or of the innermost part around it that does. */
    int line(Object... way) {
        Node node = root;
        int line = 1;
        for (Object step : way) {
            Optional<Node> next = child(node, step);
            if (next.isEmpty()) {
                break;
            }
            node = next.get();
            line = node.getStartMark().map(Mark::getLine).orElse(0) + 1;
        }
        return line;
    }

    /** The line, from 1, of a key at the top. */
    int keyLine(String name) {
        return root instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .map(NodeTuple::getKeyNode)
                        .filter(key -> key instanceof ScalarNode scalar
                                && scalar.getValue().equals(name))
                        .findFirst()
                        .flatMap(Node::getStartMark)
                        .map(mark -> mark.getLine() + 1)
                        .orElse(1)
                : 1;
    }

    /** What stands there, where it stands; empty where nothing does. */
    Optional<Node> node(Object... way) {
        Optional<Node> node = Optional.of(root);
        for (Object step : way) {
            node = node.flatMap(parent -> child(parent, step));
        }
        return node;
    }

    private static Optional<Node> child(Node parent, Object step) {
        if (parent instanceof MappingNode mapping) {
            return mapping.getValue().stream()
                    .filter(entry -> entry.getKeyNode() instanceof ScalarNode key
                            && key.getValue().equals(step.toString()))
                    .map(NodeTuple::getValueNode)
                    .findFirst();
        }
        if (parent instanceof SequenceNode sequence
                && step instanceof Number index
                && index.intValue() < sequence.getValue().size()) {
            return Optional.of(sequence.getValue().get(index.intValue()));
        }
        return Optional.empty();
    }
}
