package loginstream.route.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import loginstream.route.stage.FailureReport;
import loginstream.route.yaml.RouteFiles;

/** A file with tests of routes, {@code NAME.test.yaml}. Its form is that of {@code route-test.schema.json}. */
public final class TestFile {
    private static final String SUFFIX = ".test.yaml";
    private static final String SCHEMA = "/loginstream/route-test.schema.json";
    private static final Instant CLOCK = Instant.parse("2026-01-01T00:00:00Z");

    private final Path path;
    private final YamlSource source;

    /** Each of its tests. */
    private final List<TestCase> cases = new ArrayList<>();

    private TestFile(Path path, YamlSource source) {
        this.path = path;
        this.source = source;
        JsonNode written = source.tree().get("cases");
        for (int i = 0; i < written.size(); i++) {
            cases.add(new TestCase(this, i, written.get(i), source.line("cases", i)));
        }
    }

    /**
     * The files at these places, and in these directories, but not in those within.
     *
     * @throws InvalidTestFileException if there are none somewhere
     */
    public static List<Path> find(List<Path> places) throws InvalidTestFileException {
        List<Path> found = new ArrayList<>();
        for (Path place : places) {
            List<Path> here = Files.isDirectory(place) ? in(place) : List.of(place);
            if (here.isEmpty()) {
                throw new InvalidTestFileException(place + ": it holds no *" + SUFFIX);
            }
            found.addAll(here);
        }
        return found;
    }

    private static List<Path> in(Path directory) throws InvalidTestFileException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new InvalidTestFileException(directory + " cannot be read: " + FailureReport.reason(e));
        }
    }

    /**
     * Reads a file.
     *
     * @throws InvalidTestFileException if it cannot be read, or is not of the form that it should be
     */
    public static TestFile read(Path path) throws InvalidTestFileException {
        try {
            return of(path, Files.readString(path));
        } catch (IOException e) {
            throw new InvalidTestFileException(path + " cannot be read: " + FailureReport.reason(e));
        }
    }

    static TestFile of(Path path, String text) throws InvalidTestFileException {
        YamlSource source = YamlSource.read(path, text);
        // Of what is wrong, the innermost place tells most.
        Error worst = schema().validate(source.tree()).stream()
                .max(Comparator.comparing(error -> error.getInstanceLocation().getNameCount()))
                .orElse(null);
        if (worst != null) {
            NodePath place = worst.getInstanceLocation();
            Object[] way = new Object[place.getNameCount()];
            for (int i = 0; i < way.length; i++) {
                way[i] = place.getElement(i);
            }
            throw new InvalidTestFileException(path + ":" + source.line(way) + ": " + worst.getMessage());
        }
        return new TestFile(path, source);
    }

    private static Schema schema() {
        try (InputStream stream = TestFile.class.getResourceAsStream(SCHEMA)) {
            SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .build()));
            return registry.getSchema(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path path() {
        return path;
    }

    /** Its tests, in their order. */
    public List<TestCase> cases() {
        return List.copyOf(cases);
    }

    YamlSource source() {
        return source;
    }

    /** What time it is in all of its tests. */
    public Instant clock() {
        JsonNode clock = source.tree().get("clock");
        return clock == null ? CLOCK : Instant.parse(clock.textValue());
    }

    /** Settings that differ from the defaults. */
    public Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        source.tree()
                .path("settings")
                .properties()
                .forEach(setting ->
                        settings.put(setting.getKey(), setting.getValue().asText()));
        return settings;
    }

    /** What endpoints answer. */
    JsonNode replies() {
        return source.tree().path("replies");
    }

    /** The routes under test. */
    RouteFiles routes() throws InvalidTestFileException {
        List<String> names = new ArrayList<>();
        source.tree().path("routes").forEach(name -> names.add(name.textValue()));
        if (names.isEmpty()) {
            names.add(path.getFileName().toString().replace(SUFFIX, ".camel.yaml"));
        }
        Map<Path, String> texts = new TreeMap<>();
        for (String name : names) {
            Path file = path.resolveSibling(name).normalize();
            try {
                texts.put(file, Files.readString(file));
            } catch (IOException e) {
                throw new InvalidTestFileException(path + ":" + source.line("routes") + ": " + file
                        + " cannot be read: " + FailureReport.reason(e));
            }
        }
        return new RouteFiles(texts);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
