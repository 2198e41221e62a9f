package loginstream.bench.contender;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import loginstream.sandbox.FreePort;

/**
 * A worker of Kafka Connect with one connector of one task. It has done what its task was handed, but for the last batch.
 */
final class ConnectContender implements Contender {
    private static final String WORKER = "org.apache.kafka.connect.cli.ConnectStandalone";
    private static final String JSON = "org.apache.kafka.connect.json.JsonConverter";
    private static final String SENT = "sink-record-send-total";
    private static final int BATCH = 10_000;
    /** JSON of the output topic has no schema with it; a connector that needs one is told it here. */
    private static final String SCHEMA = """
            {"type":"struct","optional":false,"fields":[%s\
            {"field":"event_time","type":"string","name":"io.debezium.time.ZonedTimestamp","optional":false},\
            {"field":"processed_time","type":"string","name":"io.debezium.time.ZonedTimestamp","optional":false}]}""";

    private static final List<String> TEXTS =
            List.of("user_id", "device_id", "device_type", "ip", "locale", "app_version");

    private final Thread thread = new Thread(this::run, "connect");
    private final ObjectName metrics;
    private final ObjectName task;
    private final Path worker;
    private final Path connector;

    private ConnectContender(Assignment assignment, Map<String, String> connectorSettings) {
        try {
            metrics =
                    new ObjectName("kafka.connect:type=sink-task-metrics,connector=" + assignment.group() + ",task=0");
            task = new ObjectName(
                    "kafka.connect:type=connector-task-metrics,connector=" + assignment.group() + ",task=0");
            Path folder = Files.createTempDirectory("loginstream-connect-");
            worker = saved(folder.resolve("worker.properties"), workerSettings(assignment, folder));
            Map<String, String> all = new HashMap<>(connectorSettings);
            all.put("name", assignment.group());
            all.put("topics", assignment.input());
            all.put("tasks.max", "1");
            all.put("value.converter", JSON);
            connector = saved(folder.resolve("connector.properties"), all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JMException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Debezium's sink for databases, with a table of its own, whose key is where a record stood. */
    static ConnectContender debeziumJdbc(Assignment assignment) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "connector.class",
                "io.debezium.connector.jdbc.JdbcSinkConnector",
                "connection.url",
                assignment.changedSettings().get("loginstream.sink.postgres.url") + "?reWriteBatchedInserts=true",
                "connection.username",
                assignment.changedSettings().get("loginstream.sink.postgres.username"),
                "connection.password",
                "",
                "insert.mode",
                "upsert",
                "primary.key.mode",
                "kafka",
                "schema.evolution",
                "basic",
                "collection.name.format",
                assignment.group().replace('-', '_'),
                "batch.size",
                Integer.toString(BATCH)));
        List<String> fields = new ArrayList<>();
        TEXTS.forEach(name -> fields.add("{\"field\":\"" + name + "\",\"type\":\"string\",\"optional\":true},"));
        settings.put("value.converter.schemas.enable", "true");
        settings.put("value.converter.schema.content", SCHEMA.formatted(String.join("", fields)));
        return new ConnectContender(assignment, settings);
    }

    /** Iceberg's own sink, into a table that it makes: times stay texts, and there are no partitions. */
    static ConnectContender iceberg(Assignment assignment) {
        Map<String, String> sink = assignment.changedSettings();
        String prefix = "loginstream.sink.iceberg.";
        Map<String, String> settings = new HashMap<>(Map.of(
                "connector.class", "org.apache.iceberg.connect.IcebergSinkConnector",
                "iceberg.tables", "connect." + assignment.group().replace('-', '_'),
                "iceberg.tables.auto-create-enabled", "true",
                "iceberg.tables.write-props.write.parquet.compression-codec", "zstd",
                "iceberg.control.topic", assignment.output(),
                "iceberg.control.commit.interval-ms", "10000"));
        settings.putAll(Map.of(
                "iceberg.catalog.type", "jdbc",
                "iceberg.catalog.uri", sink.get(prefix + "uri"),
                "iceberg.catalog.jdbc.user", sink.get(prefix + "username"),
                "iceberg.catalog.jdbc.schema-version", "V1",
                "iceberg.catalog.warehouse", sink.get(prefix + "warehouse"),
                "iceberg.catalog.io-impl", "org.apache.iceberg.aws.s3.S3FileIO",
                "iceberg.catalog.s3.endpoint", sink.get(prefix + "s3.endpoint"),
                "iceberg.catalog.s3.access-key-id", sink.get(prefix + "s3.access-key-id"),
                "iceberg.catalog.s3.secret-access-key", sink.get(prefix + "s3.secret-access-key"),
                "iceberg.catalog.s3.path-style-access", "true"));
        settings.put("iceberg.kafka.bootstrap.servers", assignment.bootstrapServers());
        settings.put("iceberg.catalog.client.region", sink.get(prefix + "s3.region"));
        settings.put("value.converter.schemas.enable", "false");
        return new ConnectContender(assignment, settings);
    }

    private static Map<String, String> workerSettings(Assignment assignment, Path folder) {
        return Map.of(
                "bootstrap.servers",
                assignment.bootstrapServers(),
                "key.converter",
                "org.apache.kafka.connect.converters.ByteArrayConverter",
                "value.converter",
                JSON,
                "offset.storage.file.filename",
                folder.resolve("offsets").toString(),
                "offset.flush.interval.ms",
                "1000",
                "consumer.isolation.level",
                "read_committed",
                "consumer.max.poll.records",
                Integer.toString(BATCH),
                "listeners",
                "http://127.0.0.1:" + FreePort.any());
    }

    private static Path saved(Path file, Map<String, String> settings) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        try (var out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
        return file;
    }

    private void run() {
        try {
            Class.forName(WORKER).getMethod("main", String[].class).invoke(null, (Object)
                    new String[] {worker.toString(), connector.toString()});
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public long done() {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            if ("failed".equals(server.getAttribute(task, "status"))) {
                throw new IllegalStateException("the connector's task has failed");
            }
            return ((Number) server.getAttribute(metrics, SENT)).longValue();
        } catch (JMException | RuntimeMBeanException e) {
            return 0; // its task has not started yet
        }
    }

    /** It ends with its process. */
    @Override
    public void close() {}
}
