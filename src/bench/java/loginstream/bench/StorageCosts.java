package loginstream.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import loginstream.StoreSandbox;
import loginstream.bench.contender.Assignment;
import loginstream.bench.contender.ContenderKind;
import loginstream.bench.contender.RunResult;
import loginstream.bench.report.Measured;
import loginstream.bench.report.Results;
import loginstream.sandbox.ObjectStorage;
import loginstream.storage.BuiltInSinks;

/**
 * From the output topic into stores on the same machine: Loginstream's sinks beside what is written by hand, and Kafka Connect's. Only in
 * builds with a database ({@code -Dpostgres=sandbox}) and, perhaps, Iceberg ({@code -Diceberg}). What the stores themselves
 * use is not counted.
 */
final class StorageCosts {
    private static final int PARTITIONS = 2;
    private static final long SPARE = 200_000;
    private static final String ICEBERG = "iceberg";

    private final Lab lab;
    private final BenchOptions options;
    private final Results results;

    StorageCosts(Lab lab, BenchOptions options, Results results) {
        this.lab = lab;
        this.options = options;
        this.results = results;
    }

    /** A contender, and where it stores. */
    private record Run(ContenderKind kind, String sink, Map<String, String> settings) {}

    void run() throws Exception {
        for (StoreSandbox postgres : ServiceLoader.load(StoreSandbox.class)) {
            try (postgres) {
                Map<String, String> database = postgres.start();
                List<Run> runs = runs(
                        postgres.sink(),
                        database,
                        ContenderKind.POSTGRES_SINK,
                        ContenderKind.JDBC,
                        ContenderKind.DEBEZIUM_JDBC);
                if (BuiltInSinks.names().contains(ICEBERG)) {
                    try (ObjectStorage storage = new ObjectStorage()) {
                        runs.addAll(runs(
                                ICEBERG,
                                table(storage, database),
                                ContenderKind.ICEBERG_SINK,
                                ContenderKind.CONNECT_ICEBERG));
                        rounds(runs);
                    }
                } else {
                    rounds(runs);
                }
            }
        }
    }

    private List<Run> runs(String sink, Map<String, String> settings, ContenderKind... kinds) {
        List<Run> runs = new ArrayList<>();
        options.asked(kinds).forEach(kind -> runs.add(new Run(kind, sink, settings)));
        return runs;
    }

    /** Each with records of its own: what is stored already would only be found there. */
    private void rounds(List<Run> runs) throws InterruptedException {
        for (int round = 1; round <= options.rounds; round++, Collections.reverse(runs)) {
            String input = Lab.unique("processed");
            lab.cluster().create(PARTITIONS, input);
            System.out.printf(Locale.ROOT, "loading %,d records%n", all());
            Supplier<Workload.Entry> logins = Workload.USUAL.withBadShare(0).entries();
            lab.cluster()
                    .load(
                            input,
                            PARTITIONS,
                            all(),
                            () -> new Workload.Entry(
                                    null, processed(logins.get().value())));
            runs.stream().map(Run::sink).distinct().forEach(sink -> lab.cluster()
                    .create(1, input + "." + sink + ".dlq"));
            for (Run run : runs) {
                RunResult result = workOff(run.kind(), input, run.settings());
                results.add(Lab.told(
                        new Measured("storage", run.kind().label(), run.sink(), round, Lab.metrics(result)),
                        options.rounds));
            }
            lab.cluster().delete(input);
        }
    }

    /** More than are measured, so that nobody waits for a batch to be full. */
    private long all() {
        return options.warmUp + options.records + SPARE;
    }

    /** A table on that storage, whose catalog is in that database. */
    private static Map<String, String> table(ObjectStorage storage, Map<String, String> database) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "loginstream.sink.iceberg.uri", database.get("loginstream.sink.postgres.url"),
                "loginstream.sink.iceberg.username", database.get("loginstream.sink.postgres.username"),
                "loginstream.sink.iceberg.warehouse", storage.freshBucket()));
        List<String> access = storage.access();
        for (int i = 0; i < access.size(); i += 2) {
            settings.put(access.get(i), access.get(i + 1));
        }
        return settings;
    }

    private RunResult workOff(ContenderKind kind, String input, Map<String, String> settings)
            throws InterruptedException {
        Map<String, String> all = new HashMap<>(options.settings);
        all.putAll(settings);
        Assignment assignment = lab.assignment(kind, input, options.warmUp, options.records, 1, 0)
                .with(all);
        lab.cluster().create(1, assignment.output());
        lab.cluster().leave(kind.groupOf(assignment), input, PARTITIONS, all());
        try (ChildProcess process = lab.start(assignment)) {
            Duration timeout = Duration.ofSeconds(180 + (options.warmUp + options.records) / 300);
            return RunResult.read(process.awaitLine(RunResult::isIn, timeout), RunResult.class);
        }
    }

    /** As the pipeline passes it on. */
    private static byte[] processed(byte[] login) {
        String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        return new String(login, StandardCharsets.UTF_8)
                .replaceFirst("}$", ",\"event_time\":\"" + now + "\",\"processed_time\":\"" + now + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
