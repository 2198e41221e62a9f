package loginstream.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import loginstream.bench.contender.ContenderKind;

/**
 * A contender whose libraries do not agree with ours: they are what a POM of its own says, resolved by Maven, and come before
 * our classes, from which it has its steps.
 */
final class Peer {
    private static final Path PEERS = Path.of("src/bench/peers");
    /** As for our own classes: Flink looks into its users' classes, and does not know those of later versions. */
    private static final int JAVA = 17;
    /** What the steps need, and no more: a Vert.x of ours would be found by one of another version. */
    private static final String OURS = Stream.of(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> Files.isDirectory(Path.of(entry))
                    || entry.matches(".*/(slf4j|jackson|kafka-clients|camel-api|camel-util|netty-common)[^/]*"))
            .collect(Collectors.joining(File.pathSeparator));

    private static final Map<String, String> CLASS_PATHS = new ConcurrentHashMap<>();

    private Peer() {}

    /** Where its sources are. */
    static Path folder(ContenderKind kind) {
        return PEERS.resolve(kind.peer().orElseThrow());
    }

    /**
     * The class path of one, compiled where it was not yet.
     *
     * @param name of its folder
     */
    static String classPath(String name, Path output) {
        return CLASS_PATHS.computeIfAbsent(
                name, peer -> build(PEERS.resolve(peer), output.resolve("peers").resolve(peer)));
    }

    private static String build(Path folder, Path output) {
        try {
            Path libraries =
                    Files.createDirectories(output).resolve("libraries").toAbsolutePath();
            Path classes = Files.createDirectories(output.resolve("classes"));
            run(List.of(
                    "mvn",
                    "-q",
                    "-B",
                    "-ntp",
                    "-f",
                    folder.resolve("pom.xml").toString(),
                    "-Dmaven.repo.local=" + System.getProperty("maven.repo.local"),
                    "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath",
                    "-Dmdep.outputFile=" + libraries));
            String classPath = Files.readString(libraries).strip() + File.pathSeparator + OURS;
            List<String> compiler = new ArrayList<>(List.of(
                    "-d", classes.toString(), "-cp", classPath, "-proc:none", "--release", Integer.toString(JAVA)));
            try (Stream<Path> sources = Files.list(folder)) {
                sources.filter(file -> file.toString().endsWith(".java"))
                        .map(Path::toString)
                        .forEach(compiler::add);
            }
            if (ToolProvider.getSystemJavaCompiler().run(null, null, null, compiler.toArray(String[]::new)) != 0) {
                throw new IllegalStateException(folder + " does not compile");
            }
            return classes + File.pathSeparator + classPath;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (process.onExit().join().exitValue() != 0) {
            throw new IllegalStateException("failed: " + String.join(" ", command));
        }
    }
}
