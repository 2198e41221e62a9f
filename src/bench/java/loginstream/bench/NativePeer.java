package loginstream.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import loginstream.bench.contender.Assignment;
import loginstream.bench.contender.ContenderKind;

/** A contender in C, one file, compiled where there is a compiler and what it includes. It talks as our own processes do. */
final class NativePeer {
    private static final Map<ContenderKind, Boolean> BUILT = new ConcurrentHashMap<>();

    private NativePeer() {}

    /** Whether it is there, compiled now where it was not yet; if not, the console tells why. */
    static boolean isBuilt(ContenderKind kind, Path output) {
        return BUILT.computeIfAbsent(kind, asked -> build(asked, output));
    }

    private static boolean build(ContenderKind kind, Path output) {
        try {
            Files.createDirectories(program(kind, output).getParent());
            Path source = Peer.folder(kind).resolve("loop.c");
            int failed = new ProcessBuilder(
                            "cc",
                            "-O2",
                            "-Wall",
                            "-o",
                            program(kind, output).toString(),
                            source.toString(),
                            "-lrdkafka")
                    .inheritIO()
                    .start()
                    .onExit()
                    .join()
                    .exitValue();
            if (failed != 0) {
                System.out.println(kind + " is left out: " + source + " does not compile (Debian: librdkafka-dev)");
            }
            return failed == 0;
        } catch (IOException e) {
            System.out.println(kind + " is left out: " + e.getMessage());
            return false;
        }
    }

    private static Path program(ContenderKind kind, Path output) {
        return output.resolve("peers").resolve(kind.label());
    }

    /** How it is started. */
    static List<String> command(Assignment assignment, Path output) {
        ContenderKind kind = ContenderKind.labelled(assignment.contender());
        if (!isBuilt(kind, output)) {
            throw new IllegalStateException(kind + " is not there");
        }
        try {
            return List.of(
                    program(kind, output).toRealPath().toString(),
                    assignment.bootstrapServers(),
                    assignment.input(),
                    assignment.output(),
                    assignment.group(),
                    Long.toString(assignment.warmUp()),
                    Long.toString(assignment.records()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
