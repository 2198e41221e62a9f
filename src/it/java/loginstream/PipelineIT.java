package loginstream;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import loginstream.deadletter.DeadLetterHeaders;
import loginstream.fixture.Cluster;
import loginstream.fixture.Logins;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import loginstream.metrics.LoginMetrics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole way of a record over a real broker, in both forms of the route and under both guarantees. */
@ExtendWith(SharedBroker.class)
class PipelineIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final UUID USER = UUID.fromString("424cdd21-063a-43a7-b91b-7ca1a833afae");
    private static final long RECORD_TIME = 1_700_000_000_123L;

    static Stream<Arguments> forms() {
        return Stream.of(
                argumentSet("Java, exactly once", "java", "exactly-once"),
                argumentSet("Java, at least once", "java", "at-least-once"),
                argumentSet("YAML, exactly once", "yaml", "exactly-once"),
                argumentSet("YAML, at least once", "yaml", "at-least-once"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void passesOnWhatIsGoodByteForByte(String routes, String delivery, Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        String tail = ",\"n\":1.00,\"deep\":{\"a\":[1e999,\"\\u0041\"]},\"processed_time\":\"old\"";
        Headers headers = new RecordHeaders();
        headers.add("trace", new byte[] {0, 1, -1});
        headers.add("trace", Logins.bytes("twice"));
        headers.add("kafka.KEY", Logins.bytes("a name that Camel would drop"));
        byte[] key = {9, 8, 7};

        // When
        LoginMetrics.Totals totals = run(
                cluster,
                topics,
                List.of(
                        new ProducerRecord<>(
                                topics.input(),
                                0,
                                RECORD_TIME,
                                key,
                                Logins.bytes(Logins.withTail(USER, tail)),
                                headers),
                        record(topics, Logins.of(USER))),
                "loginstream.routes",
                routes,
                "loginstream.delivery",
                delivery);

        // Then
        assertThat(totals).isEqualTo(new LoginMetrics.Totals(2, 0, 0, 0));
        List<ConsumerRecord<byte[], byte[]>> out = cluster.readCommitted(topics.output());
        assertThat(out).hasSize(2);
        ConsumerRecord<byte[], byte[]> first = out.get(0);
        assertThat(first.key()).isEqualTo(key);
        assertThat(first.timestamp()).isEqualTo(RECORD_TIME);
        assertThat(first.headers().toArray()).containsExactly(headers.toArray());
        assertThat(Logins.text(first.value()))
                .startsWith(Logins.withTail(USER, ",\"n\":1.00,\"deep\":{\"a\":[1e999,\"\\u0041\"]}")
                        .replaceAll("}$", ""))
                .contains(",\"event_time\":\"2023-09-12T00:45:51Z\",\"processed_time\":\"")
                .doesNotContain("old");
        JsonNode added = JSON.readTree(first.value());
        assertThat(Instant.parse(added.get("processed_time").asText()))
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
        assertThat(Logins.text(out.get(1).key())).isEqualTo(USER.toString());
        assertThat(cluster.readCommitted(topics.deadLetter())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void tellsWhatIsBadAndWhy(String routes, String delivery, Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        String twoFaults = Logins.withoutDevice(1).replace("199.172.111.135", "abc");
        Headers headers = new RecordHeaders();
        headers.add("trace", Logins.bytes("t"));
        headers.add(DeadLetterHeaders.REASON, Logins.bytes("an old reason"));
        headers.add(DeadLetterHeaders.REDRIVES, Logins.bytes("2"));

        // When
        LoginMetrics.Totals totals = run(
                cluster,
                topics,
                List.of(
                        record(topics, Logins.of(USER)),
                        new ProducerRecord<>(
                                topics.input(), 0, RECORD_TIME, Logins.bytes("k"), Logins.bytes(twoFaults), headers),
                        record(topics, "{\"user_id\":"),
                        new ProducerRecord<>(topics.input(), null),
                        record(topics, Logins.of(USER))),
                "loginstream.routes",
                routes,
                "loginstream.delivery",
                delivery);

        // Then
        assertThat(totals).isEqualTo(new LoginMetrics.Totals(2, 1, 2, 0));
        assertThat(cluster.readCommitted(topics.output())).hasSize(2);
        List<ConsumerRecord<byte[], byte[]>> dead = cluster.readCommitted(topics.deadLetter());
        assertThat(dead).hasSize(2);
        ConsumerRecord<byte[], byte[]> invalid = dead.get(0);
        assertThat(Logins.text(invalid.value())).isEqualTo(twoFaults);
        assertThat(Logins.text(invalid.key())).isEqualTo("k");
        assertThat(invalid.timestamp()).isEqualTo(RECORD_TIME);
        assertThat(text(invalid, "trace")).isEqualTo("t");
        assertThat(text(invalid, DeadLetterHeaders.REDRIVES)).isEqualTo("2");
        assertThat(text(invalid, DeadLetterHeaders.FAILURE)).isEqualTo("invalid");
        assertThat(invalid.headers().headers(DeadLetterHeaders.REASON)).hasSize(1);
        assertThat(text(invalid, DeadLetterHeaders.REASON))
                .isEqualTo("device_type: missing; ip: not an IP address: \"abc\"");
        assertThat(text(invalid, DeadLetterHeaders.SOURCE)).isEqualTo(topics.input() + "-0@1");
        assertThat(text(invalid, DeadLetterHeaders.ATTEMPTS)).isEqualTo("1");
        assertThat(text(invalid, DeadLetterHeaders.ORIGINAL_TOPIC)).isEqualTo(topics.input());
        assertThat(ByteBuffer.wrap(header(invalid, DeadLetterHeaders.ORIGINAL_PARTITION))
                        .getInt())
                .isZero();
        assertThat(ByteBuffer.wrap(header(invalid, DeadLetterHeaders.ORIGINAL_OFFSET))
                        .getLong())
                .isEqualTo(1);
        assertThat(ByteBuffer.wrap(header(invalid, DeadLetterHeaders.ORIGINAL_TIMESTAMP))
                        .getLong())
                .isEqualTo(RECORD_TIME);
        assertThat(invalid.headers().lastHeader(DeadLetterHeaders.EXCEPTION_STACKTRACE))
                .isNull();
        ConsumerRecord<byte[], byte[]> unparseable = dead.get(1);
        assertThat(text(unparseable, DeadLetterHeaders.FAILURE)).isEqualTo("unparseable");
        assertThat(header(unparseable, DeadLetterHeaders.EXCEPTION_STACKTRACE).length)
                .isBetween(100, DeadLetterHeaders.MAX_STACKTRACE_BYTES);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void triesAgainThenDeadLettersOnlyTheGuiltyOne(String routes, String delivery, Cluster cluster) throws Exception {
        // Given a filter that throws on a locale of two letters
        TestTopics topics = cluster.freshTopics(1);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String login = Logins.numbered(i);
            records.add(record(topics, i == 20 ? login : login.replace("\"RU\"", "\"rus\"")));
        }

        // When
        LoginMetrics.Totals totals = run(
                cluster,
                topics,
                records,
                "loginstream.filter",
                "${body[locale].charAt(2)} == 's'",
                "loginstream.retry.delay",
                "20ms",
                "loginstream.routes",
                routes,
                "loginstream.delivery",
                delivery);

        // Then
        assertThat(totals).isEqualTo(new LoginMetrics.Totals(49, 0, 1, 0));
        List<ConsumerRecord<byte[], byte[]>> out = cluster.readCommitted(topics.output());
        assertThat(out.stream().map(record -> Logins.text(record.key())))
                .containsExactlyElementsOf(records.stream()
                        .filter(record -> record != records.get(20))
                        .map(record -> Logins.text(record.value()).substring(12, 48))
                        .toList());
        List<ConsumerRecord<byte[], byte[]>> dead = cluster.readCommitted(topics.deadLetter());
        assertThat(dead).hasSize(1);
        assertThat(text(dead.get(0), DeadLetterHeaders.SOURCE)).isEqualTo(topics.input() + "-0@20");
        assertThat(text(dead.get(0), DeadLetterHeaders.FAILURE)).isEqualTo("processing");
        assertThat(text(dead.get(0), DeadLetterHeaders.ATTEMPTS)).isEqualTo("4");
        assertThat(text(dead.get(0), DeadLetterHeaders.EXCEPTION_MESSAGE)).contains("StringIndexOutOfBounds");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void goesOnAfterARestartWhereItStopped(String routes, String delivery, Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(3);
        run(cluster, topics, numbered(topics, 0, 500), "loginstream.routes", routes, "loginstream.delivery", delivery);

        // When
        LoginMetrics.Totals second = run(
                cluster,
                topics,
                numbered(topics, 500, 1000),
                "loginstream.routes",
                routes,
                "loginstream.delivery",
                delivery);

        // Then
        assertThat(second.in()).isEqualTo(500);
        assertThat(cluster.readCommitted(topics.output()).stream().map(record -> Logins.text(record.key())))
                .containsExactlyInAnyOrderElementsOf(Stream.iterate(0, i -> i + 1)
                        .limit(1000)
                        .map(i -> new UUID(0, i).toString())
                        .toList());
    }

    private static List<ProducerRecord<byte[], byte[]>> numbered(TestTopics topics, int from, int to) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = from; i < to; i++) {
            records.add(record(topics, Logins.numbered(i)));
        }
        return records;
    }

    private static ProducerRecord<byte[], byte[]> record(TestTopics topics, String value) {
        return new ProducerRecord<>(topics.input(), Logins.bytes(value));
    }

    /** Sends, runs the pipeline until it has handled everything, stops it, and gives its counts. */
    private static LoginMetrics.Totals run(
            Cluster cluster, TestTopics topics, List<ProducerRecord<byte[], byte[]>> records, String... overrides)
            throws Exception {
        cluster.send(records);
        try (Application application = new Application(topics.settings(cluster, overrides))) {
            application.start();
            await().atMost(30, SECONDS).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
            await().atMost(5, SECONDS)
                    .until(() -> application.metrics().totals().in() >= records.size());
            return application.metrics().totals();
        }
    }

    private static byte[] header(ConsumerRecord<byte[], byte[]> record, String name) {
        return record.headers().lastHeader(name).value();
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
        return Logins.text(header(record, name));
    }
}
