package loginstream.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import loginstream.bench.contender.ContenderKind;

/**
 * The lines that a user of a contender writes for the way of a record, what the benchmark needs of them included: neither
 * empty nor a comment, a package or an import. The rules are not counted, for they are the same for all.
 */
final class UserLines {
    private static final String JAVA = "src/bench/java/loginstream/bench/contender/";

    private UserLines() {}

    /** None where they would not be comparable, e.g. for what is only a variant of another contender. */
    static Optional<Long> of(ContenderKind kind) {
        List<Path> files =
                switch (kind) {
                    case LOGINSTREAM_JAVA -> List.of(Path.of("src/main/java/loginstream/route/UserLoginRoute.java"));
                    case LOGINSTREAM_YAML -> List.of(Path.of("routes/user-login.camel.yaml"));
                    case STREAMS ->
                        List.of(Path.of(JAVA + "StreamsContender.java"), Path.of(JAVA + "StreamsProcessor.java"));
                    case PLAIN ->
                        List.of(Path.of(JAVA + "PlainClientsContender.java"), Path.of(JAVA + "PollingLoop.java"));
                    case BARE -> List.of(Path.of(JAVA + "BareLoopContender.java"), Path.of(JAVA + "PollingLoop.java"));
                    case TEXTBOOK -> List.of(Path.of(JAVA + "TextbookRouteContender.java"));
                    default ->
                        kind.peer().map(peer -> sources(Peer.folder(kind))).orElse(List.of());
                };
        return files.isEmpty()
                ? Optional.empty()
                : Optional.of(files.stream().mapToLong(UserLines::lines).sum());
    }

    private static List<Path> sources(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.endsWith("pom.xml")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.matches("(//|/\\*|\\*|#[^i]|#$|--|package |import ).*"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
