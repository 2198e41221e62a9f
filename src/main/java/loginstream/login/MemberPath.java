package loginstream.login;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Members that are not among the known ones, at the top or inside of others; of arrays, those of every element. What is
 * changed inside of another member has that written anew: the same values, not the same bytes.
 */
public final class MemberPath {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final String top;
    private final List<String[]> below;

    private MemberPath(String top, List<String[]> below) {
        this.top = top;
        this.below = below;
    }

    /**
     * Paths, those through the same member at the top together.
     *
     * @param paths names with dots between them
     */
    public static List<MemberPath> all(List<String> paths) {
        Map<String, List<String[]>> byTop = new LinkedHashMap<>();
        paths.forEach(path -> {
            String[] names = path.split("\\.");
            byTop.computeIfAbsent(names[0], top -> new ArrayList<>()).add(names);
        });
        return byTop.entrySet().stream()
                .map(entry -> new MemberPath(entry.getKey(), entry.getValue()))
                .toList();
    }

    /**
     * Changes what is there.
     *
     * @param change gives null for what is to be left out
     */
    public void change(Login login, UnaryOperator<JsonNode> change) throws IOException {
        if (!login.members().has(MemberName.of(top))) {
            return;
        }
        ObjectNode whole = JSON.createObjectNode();
        whole.set(top, JSON.readTree(login.content()).get(top));
        JsonNode before = whole.deepCopy();
        below.forEach(names -> change(whole, names, 0, change));
        if (!whole.equals(before)) {
            JsonNode after = whole.get(top);
            login.replaceJson(top, after == null ? null : JSON.writeValueAsBytes(after));
        }
    }

    private static void change(JsonNode within, String[] names, int depth, UnaryOperator<JsonNode> change) {
        if (within.isArray()) {
            within.forEach(element -> change(element, names, depth, change));
        } else if (within instanceof ObjectNode object && object.has(names[depth])) {
            JsonNode value = object.get(names[depth]);
            if (depth + 1 < names.length) {
                change(value, names, depth + 1, change);
            } else {
                JsonNode changed = change.apply(value);
                if (changed == null) {
                    object.remove(names[depth]);
                } else {
                    object.set(names[depth], changed);
                }
            }
        }
    }
}
