package loginstream.fault;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import loginstream.Application;
import loginstream.config.Settings;
import loginstream.deadletter.DeadLetterHeaders;
import loginstream.fixture.Cluster;
import loginstream.fixture.Health;
import loginstream.fixture.Logins;
import loginstream.fixture.Scrape;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import loginstream.metrics.LoginMetrics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An output topic that refuses a record for what it is. */
@ExtendWith(SharedBroker.class)
class RefusedRecordIT {

    @ParameterizedTest
    @ValueSource(strings = {"exactly-once", "at-least-once"})
    void becomesADeadLetterAndHarmsNobody(String delivery, Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(1, Map.of("max.message.bytes", "20000"));
        List<byte[]> values = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String tail = i == 40 ? ",\"large\":\"" + "x".repeat(30_000) + "\"" : "";
            values.add(Logins.bytes(Logins.withTail(new UUID(0, i), tail)));
        }
        cluster.sendValues(topics.input(), values);

        // When
        LoginMetrics.Totals totals;
        try (Application application = new Application(
                topics.settings(cluster, "loginstream.delivery", delivery, "loginstream.retry.attempts", "1"))) {
            application.start();
            await().atMost(30, SECONDS).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
            await().atMost(5, SECONDS)
                    .until(() -> application.metrics().totals().in() >= values.size());
            totals = application.metrics().totals();
        }

        // Then
        assertThat(totals).isEqualTo(new LoginMetrics.Totals(99, 0, 1, 0));
        List<ConsumerRecord<byte[], byte[]>> dead = cluster.readCommitted(topics.deadLetter());
        assertThat(dead).hasSize(1);
        assertThat(dead.get(0).value()).isEqualTo(values.get(40));
        assertThat(Logins.text(dead.get(0)
                        .headers()
                        .lastHeader(DeadLetterHeaders.FAILURE)
                        .value()))
                .isEqualTo("processing");
        assertThat(Logins.text(dead.get(0)
                        .headers()
                        .lastHeader(DeadLetterHeaders.REASON)
                        .value()))
                .startsWith("RecordTooLargeException");
        assertThat(cluster.readCommitted(topics.output()).stream()
                        .map(record -> Logins.text(record.key()))
                        .distinct())
                .hasSize(99);
    }

    /** A topic that takes the record but not the headers besides, and one that does not even take the record. */
    @ParameterizedTest
    @ValueSource(strings = {"exactly-once", "at-least-once"})
    void aDeadLetterThatIsTooLargeGoesInASmallerForm(String delivery, Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(1, Map.of("max.message.bytes", "20000"));
        cluster.alter(topics.deadLetter(), "max.message.bytes", "10000");
        List<byte[]> values = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            values.add(
                    switch (i) {
                        case 20 -> Logins.bytes("[" + "x".repeat(8_000) + "]");
                        case 40 -> Logins.bytes("[" + "x".repeat(15_000) + "]");
                        default -> Logins.bytes(Logins.numbered(i));
                    });
        }
        cluster.sendValues(topics.input(), values);

        // When
        Scrape scrape;
        LoginMetrics.Totals totals;
        Settings settings = topics.settings(cluster, "loginstream.delivery", delivery);
        try (Application application = new Application(settings)) {
            application.start();
            awaitAll(application, cluster, topics, values.size());
            totals = application.metrics().totals();
            scrape = new Scrape(new Health(settings).metrics());
        }

        // Then
        assertThat(totals).isEqualTo(new LoginMetrics.Totals(58, 0, 2, 0));
        List<ConsumerRecord<byte[], byte[]>> dead = cluster.readCommitted(topics.deadLetter());
        assertThat(dead).hasSize(2);
        ConsumerRecord<byte[], byte[]> whole = dead.get(0);
        assertThat(whole.value()).isEqualTo(values.get(20));
        assertThat(header(whole, DeadLetterHeaders.FAILURE)).isEqualTo("unparseable");
        assertThat(whole.headers().lastHeader(DeadLetterHeaders.EXCEPTION_STACKTRACE))
                .isNull();
        ConsumerRecord<byte[], byte[]> standIn = dead.get(1);
        assertThat(standIn.value()).isNull();
        assertThat(header(standIn, DeadLetterHeaders.FAILURE)).isEqualTo("processing");
        assertThat(header(standIn, DeadLetterHeaders.SOURCE)).isEqualTo(topics.input() + "-0@40");
        assertThat(header(standIn, DeadLetterHeaders.REASON))
                .contains(topics.input() + "-0@40", "15002 bytes", "RecordTooLarge", "not a JSON object");
        assertThat(scrape.value("loginstream_dead_letters_reduced_total{form=\"without_stacktrace\"}"))
                .isEqualTo(1);
        assertThat(scrape.value("loginstream_dead_letters_reduced_total{form=\"stand_in\"}"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exactly-once", "at-least-once"})
    void aTimestampThatBothTopicsRefuseIsKeptInAHeader(String delivery, Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        cluster.alter(topics.output(), "message.timestamp.after.max.ms", "60000");
        cluster.alter(topics.deadLetter(), "message.timestamp.after.max.ms", "60000");
        long future = System.currentTimeMillis() + 3_600_000;
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String value = i == 20 ? "no login" : Logins.numbered(i);
            records.add(new ProducerRecord<>(
                    topics.input(), 0, i == 20 || i == 40 ? future : null, null, Logins.bytes(value)));
        }
        cluster.send(records);

        // When
        LoginMetrics.Totals totals;
        try (Application application = new Application(
                topics.settings(cluster, "loginstream.delivery", delivery, "loginstream.retry.attempts", "1"))) {
            application.start();
            awaitAll(application, cluster, topics, records.size());
            totals = application.metrics().totals();
        }

        // Then
        assertThat(totals).isEqualTo(new LoginMetrics.Totals(58, 0, 2, 0));
        List<ConsumerRecord<byte[], byte[]>> dead = cluster.readCommitted(topics.deadLetter());
        assertThat(dead)
                .extracting(record -> header(record, DeadLetterHeaders.FAILURE))
                .containsExactly("unparseable", "processing");
        assertThat(dead).allSatisfy(record -> {
            assertThat(record.value()).isNotNull();
            assertThat(record.timestamp()).isLessThan(future);
            assertThat(ByteBuffer.wrap(record.headers()
                                    .lastHeader(DeadLetterHeaders.ORIGINAL_TIMESTAMP)
                                    .value())
                            .getLong())
                    .isEqualTo(future);
        });
        assertThat(header(dead.get(1), DeadLetterHeaders.REASON)).startsWith("InvalidTimestampException");
    }

    private static void awaitAll(Application application, Cluster cluster, TestTopics topics, int count) {
        await().atMost(30, SECONDS).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
        await().atMost(5, SECONDS).until(() -> application.metrics().totals().in() >= count);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return Logins.text(record.headers().lastHeader(name).value());
    }
}
