package loginstream.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** A module or an example for Terraform: the files of a folder, as the JSON that the build makes of them. */
record TerraformFolder(Path folder, ObjectNode json) {
    private static final Path ROOT = Path.of("src/deploy/terraform");
    private static final Path CONVERTED = Path.of("target/terraform");
    private static final List<String> FILES = List.of("main.tf", "outputs.tf", "variables.tf", "versions.tf");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{\\(?(var|local)\\.(\\w+)\\)?}");
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Ends the test where the JSON is missing or older than its file: skipped on somebody's own machine, failed where the
     * environment says {@code CI=true}.
     */
    static void requireConverted() throws IOException {
        boolean converted = true;
        for (Path file : files()) {
            Path json = converted(file);
            converted &= Files.exists(json)
                    && Files.getLastModifiedTime(json).compareTo(Files.getLastModifiedTime(file)) >= 0;
        }
        String what = "target/terraform is not made of the files as they are: .ci/run makes it";
        if (!converted && "true".equals(System.getenv("CI"))) {
            Assertions.fail(what);
        }
        Assumptions.assumeTrue(converted, what);
    }

    static List<TerraformFolder> all() {
        return files().stream()
                .map(Path::getParent)
                .distinct()
                .map(TerraformFolder::read)
                .toList();
    }

    static TerraformFolder of(String name) {
        return read(ROOT.resolve(name));
    }

    private static List<Path> files() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".tf"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path converted(Path file) {
        return CONVERTED.resolve(ROOT.relativize(file) + ".json");
    }

    private static TerraformFolder read(Path folder) {
        ObjectNode whole = JSON.createObjectNode();
        for (String name : FILES) {
            try {
                JSON.readTree(converted(folder.resolve(name)).toFile())
                        .properties()
                        .forEach(block -> {
                            if (block.getValue() instanceof ArrayNode several) {
                                whole.withArrayProperty(block.getKey()).addAll(several);
                            } else {
                                whole.withObjectProperty(block.getKey()).setAll((ObjectNode) block.getValue());
                            }
                        });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new TerraformFolder(folder, whole);
    }

    boolean isExample() {
        return folder.startsWith(ROOT.resolve("examples"));
    }

    JsonNode variable(String name) {
        return json.at("/variable/" + name + "/0");
    }

    /** Another one, in which a variable has another default. */
    TerraformFolder withDefault(String variable, String value) {
        TerraformFolder changed = new TerraformFolder(folder, json.deepCopy());
        ((ObjectNode) changed.variable(variable)).put("default", value);
        return changed;
    }

    JsonNode local(String name) {
        for (JsonNode locals : json.path("locals")) {
            if (locals.has(name)) {
                return locals.get(name);
            }
        }
        throw new IllegalArgumentException("no local." + name + " in " + folder);
    }

    /** What is given to a module that is called. */
    JsonNode call(String name) {
        return json.at("/module/" + name + "/0");
    }

    /**
     * A text with what it refers to.
     *
     * @param given variables that do not have their defaults
     */
    String value(String text, Map<String, String> given) {
        return REFERENCE.matcher(text).replaceAll(reference -> {
            String name = reference.group(2);
            return reference.group(1).equals("local")
                    ? value(local(name).asText(), given)
                    : given.getOrDefault(name, variable(name).path("default").asText());
        });
    }

    /** What does not fit: in here, and to the modules that are called. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        ObjectNode rest = json.deepCopy();
        rest.remove("variable");
        compare("var.", names(json.path("variable")), used(rest, "var"), problems);
        Set<String> locals = new TreeSet<>();
        json.path("locals").forEach(several -> locals.addAll(names(several)));
        compare("local.", locals, used(json, "local"), problems);
        for (String name : names(json.path("module"))) {
            TerraformFolder called =
                    read(folder.resolve(call(name).path("source").asText()).normalize());
            Set<String> given = names(call(name));
            given.removeAll(Set.of("source", "for_each"));
            for (String variable : names(called.json.path("variable"))) {
                if (!given.remove(variable) && !called.variable(variable).has("default")) {
                    problems.add("module." + name + " is not given " + variable);
                }
            }
            given.forEach(unknown -> problems.add("module." + name + " has no variable " + unknown));
        }
        Pattern.compile("module\\.(\\w+)\\.(\\w+)")
                .matcher(json.toString())
                .results()
                .forEach(output -> {
                    JsonNode source = call(output.group(1)).path("source");
                    if (!read(folder.resolve(source.asText()).normalize())
                            .json
                            .path("output")
                            .has(output.group(2))) {
                        problems.add(output.group() + " is no output");
                    }
                });
        return problems;
    }

    private static void compare(String prefix, Set<String> declared, Set<String> used, List<String> problems) {
        used.stream()
                .filter(name -> !declared.contains(name))
                .forEach(name -> problems.add(prefix + name + " is not declared"));
        declared.stream()
                .filter(name -> !used.contains(name))
                .forEach(name -> problems.add(prefix + name + " is not used"));
    }

    private static Set<String> used(JsonNode json, String kind) {
        Set<String> used = new TreeSet<>();
        Pattern.compile("\\b" + kind + "\\.(\\w+)")
                .matcher(json.toString())
                .results()
                .forEach(reference -> used.add(reference.group(1)));
        return used;
    }

    private static Set<String> names(JsonNode json) {
        Set<String> names = new TreeSet<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Override
    public String toString() {
        return ROOT.relativize(folder).toString();
    }
}
