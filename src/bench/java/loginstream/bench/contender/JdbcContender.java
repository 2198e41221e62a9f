package loginstream.bench.contender;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Rows as they are written by hand: poll, a Jackson tree, a batch of inserts that leaves alone what is there, commit, offsets.
 * Into a table of the same columns and key, in one partition and without another index.
 */
final class JdbcContender implements Contender {
    private static final String TABLE = """
            create table if not exists %s (
              topic text not null, "partition" integer not null, "offset" bigint not null,
              event_time timestamptz not null, processed_time timestamptz, user_id text, device_id text,
              device_type text, ip text, locale text, app_version text,
              primary key (event_time, topic, "partition", "offset"))""";
    private static final String INSERT = "insert into %s values (?,?,?,?,?,?,?,?,?,?,?) on conflict do nothing";
    private static final List<String> TEXTS =
            List.of("user_id", "device_id", "device_type", "ip", "locale", "app_version");

    private final ObjectMapper json = new ObjectMapper();
    private final Assignment assignment;
    private final Thread thread = new Thread(this::run, "jdbc");
    private volatile long done;
    private volatile boolean closed;

    JdbcContender(Assignment assignment) {
        this.assignment = assignment;
    }

    @Override
    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        Properties consumer = new Properties();
        consumer.putAll(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                assignment.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG,
                assignment.group(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                10_000));
        String table = "\"" + assignment.group() + "\"";
        try (KafkaConsumer<byte[], byte[]> records =
                        new KafkaConsumer<>(consumer, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                Connection database = DriverManager.getConnection(
                        assignment.changedSettings().get("loginstream.sink.postgres.url")
                                + "?reWriteBatchedInserts=true",
                        assignment.changedSettings().get("loginstream.sink.postgres.username"),
                        "")) {
            database.setAutoCommit(false);
            try (Statement statement = database.createStatement()) {
                statement.execute("set synchronous_commit = 'on'");
                statement.execute(TABLE.formatted(table));
            }
            database.commit();
            records.subscribe(List.of(assignment.input()));
            try (PreparedStatement insert = database.prepareStatement(INSERT.formatted(table))) {
                while (!closed) {
                    store(records.poll(Duration.ofMillis(200)), insert);
                    database.commit();
                    records.commitSync();
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void store(ConsumerRecords<byte[], byte[]> polled, PreparedStatement insert) throws SQLException {
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            JsonNode login = tree(record.value());
            insert.setString(1, record.topic());
            insert.setInt(2, record.partition());
            insert.setLong(3, record.offset());
            insert.setTimestamp(4, time(login, "event_time"));
            insert.setTimestamp(5, time(login, "processed_time"));
            for (int i = 0; i < TEXTS.size(); i++) {
                insert.setString(6 + i, login.path(TEXTS.get(i)).asText(null));
            }
            insert.addBatch();
        }
        if (!polled.isEmpty()) {
            insert.executeBatch();
            done += polled.count();
        }
    }

    private JsonNode tree(byte[] value) {
        try {
            return json.readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Timestamp time(JsonNode login, String name) {
        return Timestamp.from(Instant.parse(login.path(name).asText()));
    }

    @Override
    public long done() {
        return done;
    }

    @Override
    public void close() {
        closed = true;
    }
}
