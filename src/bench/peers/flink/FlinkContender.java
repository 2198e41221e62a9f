package loginstream.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import loginstream.bench.contender.Assignment;
import loginstream.bench.contender.Contender;
import loginstream.bench.contender.DeadLetterSink;
import loginstream.login.Login;
import loginstream.login.TreeSteps;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.types.Row;
import org.apache.flink.util.FileUtils;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Flink SQL on a cluster in this process, exactly once: a transaction for what comes between two checkpoints. */
public final class FlinkContender implements Contender {
    private static final Path SQL = Path.of("src/bench/peers/flink/pipeline.sql");
    private static final Pattern SET = Pattern.compile("SET '(.+)' = '(.+)'");
    private static final AtomicLong DONE = new AtomicLong();
    private static Assignment given;
    private Path files;
    private JobClient job;

    public FlinkContender(Assignment assignment) {
        given = assignment;
    }

    /** What SQL calls {@code steps}. */
    public static final class Steps extends ScalarFunction {
        private transient TreeSteps steps;
        private transient DeadLetterSink deadLetters;
        private transient Row sent;

        @Override
        public void open(FunctionContext context) {
            steps = new TreeSteps(given.defaults());
            deadLetters = new DeadLetterSink(given.deadLetter());
        }

        /** What is to be sent for a record, or null for a tombstone. */
        @DataTypeHint("ROW<accepted BOOLEAN, message_key BYTES, message BYTES, headers MAP<STRING, BYTES>>")
        public Row eval(
                byte[] key,
                byte[] value,
                String topic,
                int partition,
                long offset,
                @DataTypeHint("TIMESTAMP_LTZ(3)") Instant timestamp,
                Map<String, byte[]> headers)
                throws Exception {
            Headers own = new RecordHeaders();
            headers.forEach(own::add);
            ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                    topic,
                    partition,
                    offset,
                    timestamp.toEpochMilli(),
                    TimestampType.CREATE_TIME,
                    ConsumerRecord.NULL_SIZE,
                    ConsumerRecord.NULL_SIZE,
                    key,
                    value,
                    own,
                    Optional.empty());
            sent = null;
            handle(record);
            DONE.incrementAndGet();
            return sent;
        }

        private void handle(ConsumerRecord<byte[], byte[]> record) throws Exception {
            Login login = new Login(record, (result, cause) -> emit(true, result));
            steps.apply(login);
            if (login.isOpen()) {
                login.send(login.result(given.output()));
            } else if (login.rejection() != null) {
                deadLetters.send(record, login.rejection(), (result, cause) -> emit(false, result));
            }
        }

        private void emit(boolean accepted, ProducerRecord<byte[], byte[]> result) {
            Map<String, byte[]> headers = new HashMap<>();
            result.headers().forEach(header -> headers.put(header.key(), header.value()));
            sent = Row.of(accepted, result.key(), result.value(), headers);
        }
    }

    @Override
    public void start() throws IOException {
        files = Files.createTempDirectory("flink-");
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        tables.getConfig().set("io.tmp.dirs", files.toString()).set("web.tmpdir", files.toString());
        tables.createTemporarySystemFunction("steps", Steps.class);
        for (String statement : sql().split(";\\s*(\\n\\s*\\n|$)")) {
            Matcher set = SET.matcher(statement);
            if (set.find()) { // only Flink's own SQL client knows it
                tables.getConfig().set(set.group(1), set.group(2));
            } else {
                job = tables.executeSql(statement).getJobClient().orElse(null);
            }
        }
    }

    private static String sql() throws IOException {
        return Files.readString(SQL)
                .replace("${bootstrap-servers}", given.bootstrapServers())
                .replace("${group}", given.group())
                .replace("${consumers}", Integer.toString(given.consumers()))
                .replace("${input}", given.input())
                .replace("${output}", given.output())
                .replace("${dead-letter}", given.deadLetter());
    }

    @Override
    public long done() {
        return DONE.get();
    }

    @Override
    public void close() {
        if (job != null) { // else it has not come so far
            job.cancel().join();
            job.getJobExecutionResult().handle((result, cancelled) -> result).join();
        }
        FileUtils.deleteDirectoryQuietly(files.toFile());
    }
}
