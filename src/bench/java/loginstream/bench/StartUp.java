package loginstream.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import loginstream.bench.contender.Assignment;
import loginstream.bench.contender.ContenderKind;
import loginstream.bench.report.Measured;
import loginstream.bench.report.Metric;
import loginstream.bench.report.Results;
import loginstream.cli.Loginstream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The time from the start of the process, as an operator starts it, to the first record that a reader can see. */
final class StartUp {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final int WAITING = 100;

    private final Lab lab;
    private final BenchOptions options;
    private final Results results;

    StartUp(Lab lab, BenchOptions options, Results results) {
        this.lab = lab;
        this.options = options;
        this.results = results;
    }

    void run() {
        List<ContenderKind> kinds = options.asked(ContenderKind.LOGINSTREAM_JAVA, ContenderKind.LOGINSTREAM_YAML);
        if (!kinds.isEmpty()) {
            measure(kinds.get(
                    0)); // the first one ever finds a broker without its internal topics: not a running cluster
        }
        for (int round = 1; round <= options.rounds; round++) {
            for (ContenderKind kind : kinds) {
                results.add(Lab.told(
                        new Measured("startup", kind.label(), "", round, Map.of(Metric.STARTUP, measure(kind))),
                        options.rounds));
            }
        }
    }

    private double measure(ContenderKind kind) {
        String input = Lab.unique("logins");
        Assignment assignment = lab.assignment(kind, input, 0, 0, 1, 0);
        String[] topics = {input, assignment.output(), assignment.deadLetter()};
        lab.cluster().create(1, topics);
        lab.cluster().load(input, 1, WAITING);
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
            return millisToFirstRecord(kind, assignment, reader);
        } finally {
            lab.cluster().delete(topics);
        }
    }

    private double millisToFirstRecord(
            ContenderKind kind, Assignment assignment, KafkaConsumer<byte[], byte[]> reader) {
        List<String> flags = new ArrayList<>(options.flags());
        Properties settings = assignment.settings();
        settings.put("loginstream.routes", kind == ContenderKind.LOGINSTREAM_YAML ? "yaml" : "java");
        settings.forEach((key, value) -> flags.add("-D" + key + "=" + value));
        long start = System.nanoTime();
        ChildJvm process =
                ChildJvm.start(assignment.group(), lab.logs(), flags, Loginstream.class.getName(), List.of("run"));
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
}
