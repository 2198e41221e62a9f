package loginstream.storage;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import loginstream.fixture.Cluster;
import loginstream.fixture.PipelineProcess;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import loginstream.sandbox.ObjectStorage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The example that keeps logins in plain files, with seconds in place of hours, over a kill: none is missing. */
@ExtendWith(SharedBroker.class)
class PlainFilesIT {
    private static final Path EXAMPLE = Path.of("routes/examples/archive-in-files.camel.yaml");
    private static final Pattern NUMBER = Pattern.compile("\"n\":([0-9]+)");
    private static final int COUNT = 4_000;

    @TempDir
    private Path folder;

    private TestTopics topics;
    private PipelineProcess running;

    @BeforeEach
    void topics(Cluster cluster) {
        topics = cluster.freshTopics(2);
    }

    @AfterEach
    void stop() {
        if (running != null) {
            running.close();
        }
    }

    @Test
    void eachIsInAFile(Cluster cluster) throws Exception {
        // Given
        routes(null);

        // When
        feedOverAKill(cluster);

        // Then
        await().atMost(1, MINUTES)
                .pollInterval(1, SECONDS)
                .ignoreExceptions()
                .until(() -> kept(folder.resolve("archive")) == COUNT);
    }

    @Test
    void eachIsInAnObject(Cluster cluster) throws Exception {
        // Given
        try (ObjectStorage storage = new ObjectStorage()) {
            String bucket = storage.freshBucket();
            routes(storage.uri(bucket));

            // When
            feedOverAKill(cluster);

            // Then
            await().atMost(1, MINUTES)
                    .pollInterval(1, SECONDS)
                    .ignoreExceptions()
                    .until(() -> kept(storage.folder(bucket)) == COUNT);
        }
    }

    private void feedOverAKill(Cluster cluster) throws Exception {
        Properties properties = topics.properties(
                cluster,
                "loginstream.routes",
                "yaml",
                "loginstream.routes.directory",
                folder.resolve("routes").toString());
        try (PipelineProcess killed = PipelineProcess.start(properties, "run")) {
            cluster.send(ProcessedLogins.records(topics.output(), 0, COUNT / 2));
            await().atMost(1, MINUTES)
                    .until(() -> Files.isDirectory(folder.resolve("archive/open"))
                            || !killed.process().isAlive());
            cluster.send(ProcessedLogins.records(topics.output(), COUNT / 2, COUNT));
        }
        running = PipelineProcess.start(properties, "run");
    }

    /** How many different logins there are. */
    private static int kept(Path archive) throws IOException {
        BitSet numbers = new BitSet();
        try (Stream<Path> files = Files.walk(archive)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".gz")).toList()) {
                try (InputStream bytes = new GZIPInputStream(Files.newInputStream(file))) {
                    new String(bytes.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .forEach(line -> {
                                Matcher number = NUMBER.matcher(line);
                                if (number.find()) {
                                    numbers.set(Integer.parseInt(number.group(1)));
                                }
                            });
                }
            }
        }
        return numbers.cardinality();
    }

    /**
     * The example in this folder, with shorter times.
     *
     * @param objects where objects go; null where the files go to a folder
     */
    private void routes(String objects) throws IOException {
        String route = Files.readString(EXAMPLE)
                .replace("file:archive", "file:" + folder.resolve("archive"))
                .replace("-HH-mm}", "-HH-mm-ss}")
                .replace("now-10s", "now-1s")
                .replace("10000", "1000");
        if (objects != null) {
            route = route.replaceAll("- to: file:[^\\n]*gz\n", "# by objects\n")
                    .replace("# - setHeader", "- setHeader")
                    .replaceAll("# - to: aws2-s3:.*", "- to: " + Matcher.quoteReplacement(objects));
        }
        Files.createDirectory(folder.resolve("routes"));
        Files.writeString(folder.resolve("routes/user-login.camel.yaml"), route);
    }
}
