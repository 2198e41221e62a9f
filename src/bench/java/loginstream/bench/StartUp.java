package loginstream.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import loginstream.bench.contender.Assignment;
import loginstream.bench.contender.ContenderKind;
import loginstream.bench.report.Measured;
import loginstream.bench.report.Metric;
import loginstream.bench.report.Results;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The time from the start of the process to the first record that a reader can see. Our jar is started as operators do: the
 * benchmark's own class path has twice the libraries, which Camel and the JVM look through. The others have no such jar.
 */
final class StartUp {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final int WAITING = 100;
    private static final Path JAR = Path.of("target/loginstream.jar");

    private final Lab lab;
    private final BenchOptions options;
    private final Results results;

    StartUp(Lab lab, BenchOptions options, Results results) {
        this.lab = lab;
        this.options = options;
        this.results = results;
    }

    void run() throws InterruptedException {
        List<ContenderKind> kinds = lab.runnable(options.asked(ContenderKind.pipelines()));
        if (kinds.stream().anyMatch(StartUp::isJar) && !Files.exists(JAR)) {
            throw new IllegalStateException(
                    JAR + " is not there: mvn package -Dproduction -DskipTests makes it, of the state to be measured");
        }
        Map<ContenderKind, Path> archives = new LinkedHashMap<>();
        for (ContenderKind kind : kinds) {
            Path archive = lab.logs().resolve(Lab.unique(kind.label()) + ".jsa").toAbsolutePath();
            measure(kind, "-XX:ArchiveClassesAtExit=" + archive); // also makes the broker's internal topics
            archives.put(kind, archive);
        }
        for (int round = 1; round <= options.rounds; round++) {
            for (ContenderKind kind : Lab.inTurn(kinds, round)) {
                add(kind, "", round, measure(kind));
                if (isJar(kind)) {
                    add(
                            kind,
                            "class-data archive",
                            round,
                            measure(kind, "-XX:SharedArchiveFile=" + archives.get(kind)));
                }
            }
        }
    }

    private static boolean isJar(ContenderKind kind) {
        return kind == ContenderKind.LOGINSTREAM_JAVA || kind == ContenderKind.LOGINSTREAM_YAML;
    }

    private void add(ContenderKind kind, String variant, int round, double millis) {
        results.add(Lab.told(
                new Measured("startup", kind.label(), variant, round, Map.of(Metric.STARTUP, millis)), options.rounds));
    }

    private double measure(ContenderKind kind, String... jvmFlags) throws InterruptedException {
        String input = Lab.unique("logins");
        Assignment assignment = lab.assignment(kind, input, 0, 0, 1, 0);
        String[] topics = {input, assignment.output(), assignment.deadLetter()};
        lab.cluster().create(1, topics);
        lab.cluster().load(input, Workload.USUAL, WAITING);
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        Map<String, Object> reading = Map.of(
                "bootstrap.servers",
                lab.cluster().bootstrapServers(),
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest");
        try (KafkaConsumer<byte[], byte[]> reader = new KafkaConsumer<>(reading, bytes, bytes)) {
            reader.assign(List.of(new TopicPartition(assignment.output(), 0)));
            reader.poll(Duration.ofMillis(500)); // connected before the clock starts
            return millisToFirstRecord(kind, assignment, reader, List.of(jvmFlags));
        } finally {
            lab.cluster().delete(topics);
        }
    }

    private double millisToFirstRecord(
            ContenderKind kind, Assignment assignment, KafkaConsumer<byte[], byte[]> reader, List<String> jvmFlags) {
        long start = System.nanoTime();
        ChildProcess process = isJar(kind) ? startJar(kind, assignment, jvmFlags) : lab.start(assignment);
        try {
            while (reader.poll(Duration.ofMillis(100)).isEmpty()) {
                if (System.nanoTime() - start > TIMEOUT.toNanos()) {
                    throw new IllegalStateException(kind + " has processed nothing in " + TIMEOUT.toSeconds() + " s");
                }
            }
            return (System.nanoTime() - start) / 1e6;
        } finally {
            process.terminate();
        }
    }

    private ChildProcess startJar(ContenderKind kind, Assignment assignment, List<String> jvmFlags) {
        List<String> flags = new ArrayList<>(options.flags());
        flags.addAll(jvmFlags);
        Properties settings = assignment.settings();
        settings.put("loginstream.routes", kind == ContenderKind.LOGINSTREAM_YAML ? "yaml" : "java");
        settings.forEach((key, value) -> flags.add("-D" + key + "=" + value));
        return ChildProcess.startJar(assignment.group(), lab.logs(), flags, JAR, List.of("run"));
    }
}
