package loginstream.fault;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import loginstream.Application;
import loginstream.deadletter.DeadLetterHeaders;
import loginstream.fixture.Cluster;
import loginstream.fixture.Logins;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import loginstream.metrics.LoginMetrics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
}
