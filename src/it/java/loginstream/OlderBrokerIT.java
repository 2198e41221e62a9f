package loginstream;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import loginstream.fixture.BrokerProcess;
import loginstream.fixture.Cluster;
import loginstream.fixture.Logins;
import loginstream.fixture.NumberedLogins;
import loginstream.fixture.PipelineProcess;
import loginstream.fixture.Progress;
import loginstream.fixture.TestTopics;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Clusters that have not been upgraded yet: transactions there are of the first version. */
class OlderBrokerIT {
    private static final int HALF = 10_000;

    @Test
    void deliversExactlyOnceWhileProcessAndBrokerRestart() {
        try (BrokerProcess broker = BrokerProcess.startOlder()) {
            // Given
            Cluster cluster = broker.cluster();
            TestTopics topics = cluster.freshTopics(3);
            assertThat(cluster.featureLevel("transaction.version")).isLessThan(2);
            cluster.send(withTombstones(topics, 0, HALF));

            // When
            try (PipelineProcess killed = start(cluster, topics)) {
                await().atMost(1, MINUTES).until(() -> Progress.none().isExceeded(cluster, topics));
                assertThat(killed.process().isAlive()).isTrue();
            }
            cluster.send(withTombstones(topics, HALF, 2 * HALF));
            try (PipelineProcess successor = start(cluster, topics)) {
                await().atMost(1, MINUTES).until(() -> cluster.members(topics.group()) == 1);
                broker.restart();
                await().atMost(1, MINUTES).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
                assertThat(successor.process().isAlive()).isTrue();
            }

            // Then
            NumberedLogins.assertExactlyOnce(cluster, topics, 2 * HALF);
        }
    }

    private static List<ProducerRecord<byte[], byte[]>> withTombstones(TestTopics topics, int from, int to) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(NumberedLogins.records(topics, from, to));
        IntStream.range(0, 50)
                .forEach(i -> records.add(
                        i * (to - from) / 50, new ProducerRecord<>(topics.input(), Logins.bytes("k" + i), null)));
        return records;
    }

    /** Small batches: many transactions, some of which the restarts hit. */
    private static PipelineProcess start(Cluster cluster, TestTopics topics) {
        return PipelineProcess.start(topics.properties(cluster, "loginstream.batch.size", "100"), "run");
    }
}
