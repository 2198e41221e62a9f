package loginstream.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import loginstream.bench.contender.ContenderKind;
import picocli.CommandLine.Option;

/** What can be asked of the benchmark. Filled by picocli. */
final class BenchOptions {
    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = "Parts to run, in this order: ${COMPLETION-CANDIDATES}. Default: all of them.")
    List<Part> parts = List.of(Part.values());

    @Option(
            names = "--contenders",
            split = ",",
            paramLabel = "NAME",
            description = "Contenders by name. Default: all that a part knows.")
    List<String> contenders =
            Arrays.stream(ContenderKind.values()).map(ContenderKind::label).toList();

    @Option(names = "--rounds", description = "How often everything is measured. Default: ${DEFAULT-VALUE}")
    int rounds = 3;

    @Option(names = "--records", description = "Records of a measured part. Default: ${DEFAULT-VALUE}")
    long records = 2_000_000;

    @Option(names = "--warm-up", description = "Records before it. Default: ${DEFAULT-VALUE}")
    long warmUp = 1_500_000;

    @Option(names = "--textbook-records", description = "Records for the textbook's route. Default: ${DEFAULT-VALUE}")
    long textbookRecords = 20_000;

    @Option(names = "--slow-records", description = "Records for smallrye. Default: ${DEFAULT-VALUE}")
    long slowRecords = 400_000;

    @Option(
            names = "--backlogs",
            split = ",",
            description = "Backlogs, in records. Default: 500000,2000000,8000000,32000000")
    List<Long> backlogs = List.of(500_000L, 2_000_000L, 8_000_000L, 32_000_000L);

    @Option(names = "--sizes", split = ",", description = "Bytes of a login. Default: 180,1024,10240")
    List<Integer> sizes = List.of(180, 1024, 10_240);

    @Option(names = "--bad-shares", split = ",", description = "Bad logins, in percent. Default: 0,5,50,100")
    List<Integer> badShares = List.of(0, 5, 50, 100);

    @Option(names = "--partitions", split = ",", description = "Partitions for one thread. Default: 1,3,12,48")
    List<Integer> partitions = List.of(1, 3, 12, 48);

    @Option(
            names = "--values",
            split = ",",
            description = "Different keys, device types, locales and versions. Default: 1,1000,1000000")
    List<Integer> values = List.of(1, 1_000, 1_000_000);

    @Option(names = "--consumer-counts", split = ",", description = "Consumer threads. Default: 1,2,4")
    List<Integer> consumers = List.of(1, 2, 4);

    @Option(names = "--rates", split = ",", description = "Records a second for latency. Default: 500,5000,50000")
    List<Integer> rates = List.of(500, 5_000, 50_000);

    @Option(names = "--rate", description = "Records a second for rebalances. Default: ${DEFAULT-VALUE}")
    int rate = 5_000;

    @Option(names = "--latency-seconds", description = "Measured seconds for latency. Default: ${DEFAULT-VALUE}")
    int latencySeconds = 30;

    @Option(names = "--latency-warm-up", description = "Seconds before them. Default: ${DEFAULT-VALUE}")
    int latencyWarmUp = 10;

    @Option(
            names = "--latency-backlog",
            description = "Records that each contender works off before, to be warm. Default: ${DEFAULT-VALUE}")
    long latencyBacklog = 500_000;

    @Option(
            names = "--streams-linger",
            description = "linger.ms of Kafka Streams' producer where throughput is measured; negative is its default,"
                    + " 100. Default: ${DEFAULT-VALUE}")
    int streamsLinger = -1;

    @Option(names = "--heap", description = "Heap of each contender. Default: ${DEFAULT-VALUE}")
    String heap = "1g";

    @Option(
            names = "--collector",
            paramLabel = "NAME",
            description =
                    "Garbage collector of each contender: Parallel, which the image and camel:run have, G1, Serial."
                            + " Default: ${DEFAULT-VALUE}")
    String collector = "Parallel";

    @Option(names = "--broker-heap", description = "Heap of the broker. Default: ${DEFAULT-VALUE}")
    String brokerHeap = "2g";

    @Option(
            names = "--jvm",
            split = "\\|",
            paramLabel = "FLAG",
            description =
                    "More JVM flags for every contender, separated by |, e.g. -XX:StartFlightRecording=filename=f")
    List<String> jvmFlags = List.of();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "A setting of Loginstream, to try what it does, e.g. loginstream.batch.size=5000. Repeatable.")
    Map<String, String> settings = Map.of();

    @Option(
            names = "--bound",
            paramLabel = "RATIO",
            description =
                    "Exit code 1 where a record costs loginstream-java more processor time than so many times bare-loop's.")
    Double bound;

    @Option(names = "--output", description = "Folder for the reports and logs. Default: ${DEFAULT-VALUE}")
    Path output = Path.of("target", "bench");

    @Option(names = "--data", description = "Folder on a disk for the broker's data. Default: ${DEFAULT-VALUE}")
    Path data = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(names = "--routes", description = "Folder of the YAML routes. Default: ${DEFAULT-VALUE}")
    Path routes = Path.of("routes");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this and ends.")
    boolean help;

    /** The parts of the benchmark. */
    enum Part {
        throughput,
        latency,
        startup,
        backlog,
        sizes,
        bad,
        partitions,
        consumers,
        values,
        scaling,
        rebalance,
        steps,
        formats,
        storage
    }

    /** Those of the given contenders that were asked for. */
    List<ContenderKind> asked(ContenderKind... known) {
        List<ContenderKind> asked = new ArrayList<>();
        List<ContenderKind> wanted =
                contenders.stream().map(ContenderKind::labelled).toList();
        for (ContenderKind kind : known) {
            if (wanted.contains(kind)) {
                asked.add(kind);
            }
        }
        return asked;
    }

    /** How many a contender gets in the measured part: who takes ten or a hundred times as long, fewer. */
    long recordsOf(ContenderKind kind) {
        return switch (kind) {
            case TEXTBOOK -> Math.min(textbookRecords, records);
            case SMALLRYE -> Math.min(slowRecords, records);
            default -> records;
        };
    }

    /** Flags for each JVM that is measured: the same for all. */
    List<String> flags() {
        List<String> flags = new ArrayList<>(List.of(
                "-Xmx" + heap,
                "-XX:+Use" + collector + "GC",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-Dorg.slf4j.simpleLogger.log.loginstream=warn",
                "-Dorg.slf4j.simpleLogger.log.loginstream.dead-letters=error"));
        flags.addAll(jvmFlags);
        return flags;
    }
}
