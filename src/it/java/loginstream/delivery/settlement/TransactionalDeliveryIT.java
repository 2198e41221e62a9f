package loginstream.delivery.settlement;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import loginstream.config.Settings;
import loginstream.fixture.Cluster;
import loginstream.fixture.Logins;
import loginstream.fixture.TestTopics;
import loginstream.sandbox.EmbeddedBroker;
import loginstream.sandbox.FreePort;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transactions that the brokers end before we do. */
class TransactionalDeliveryIT {
    private final EmbeddedBroker broker = new EmbeddedBroker(
            FreePort.any(), Map.of("transaction.abort.timed.out.transaction.cleanup.interval.ms", "200"));
    private Cluster cluster;
    private TestTopics topics;

    @BeforeEach
    void start() {
        broker.start();
        cluster = new Cluster(broker.bootstrapServers(), 1);
        topics = cluster.freshTopics(1);
    }

    @AfterEach
    void stop() {
        cluster.close();
        broker.close();
    }

    @Test
    void givesUpATransactionThatTimedOutAndStartsAfresh() {
        // Given a transaction that lasts longer than the brokers allow
        try (TransactionalDelivery delivery = delivery("a", 1000)) {
            delivery.open();
            send(delivery, "too late");
            await().atMost(10, SECONDS)
                    .until(() -> cluster.committedEnds(topics.output()).equals(cluster.ends(topics.output()))
                            && cluster.ends(topics.output()).containsValue(2L));

            // When
            Throwable failure = catchThrowable(() -> commit(delivery, 1));
            delivery.open();
            send(delivery, "in time");
            commit(delivery, 1);

            // Then
            assertThat(failure).isInstanceOf(KafkaException.class);
            assertThat(written()).containsExactly("in time");
            assertThat(cluster.committed(topics.group())).containsValue(1L);
        }
    }

    @Test
    void aSuccessorFencesItAtOnce() {
        // Given
        try (TransactionalDelivery zombie = delivery("a", 60_000);
                TransactionalDelivery successor = delivery("a", 60_000)) {
            zombie.open();
            send(zombie, "of the zombie");

            // When
            successor.open();
            Throwable failure = catchThrowable(() -> commit(zombie, 1));
            send(successor, "of the successor");
            commit(successor, 1);

            // Then
            assertThat(failure).isInstanceOf(KafkaException.class);
            assertThat(written()).containsExactly("of the successor");
        }
    }

    @Test
    void whatIsRolledBackIsNeverSeen() {
        // Given
        try (TransactionalDelivery delivery = delivery("a", 60_000)) {
            delivery.open();
            send(delivery, "rolled back");

            // When
            delivery.rollback();
            send(delivery, "kept");
            commit(delivery, 1);

            // Then
            assertThat(written()).containsExactly("kept");
        }
    }

    private TransactionalDelivery delivery(String member, int timeoutMillis) {
        Settings settings = topics.settings(cluster);
        Properties properties = settings.clients().transactionalProducer(member);
        properties.put("transaction.timeout.ms", timeoutMillis);
        return new TransactionalDelivery(() -> new KafkaProducer<>(properties));
    }

    private void send(TransactionalDelivery delivery, String value) {
        delivery.send(Sending.of(new ProducerRecord<>(topics.output(), Logins.bytes(value)), null));
    }

    private void commit(TransactionalDelivery delivery, long offset) {
        delivery.commit(
                Map.of(new TopicPartition(topics.input(), 0), new OffsetAndMetadata(offset)), nobodyOf(topics.group()));
    }

    /** What a consumer that has not joined its group says of it. */
    private static ConsumerGroupMetadata nobodyOf(String group) {
        Map<String, Object> options = Map.of("bootstrap.servers", "localhost:1", "group.id", group);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(options, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.groupMetadata();
        }
    }

    private List<String> written() {
        return cluster.readCommitted(topics.output()).stream()
                .map(record -> Logins.text(record.value()))
                .toList();
    }
}
