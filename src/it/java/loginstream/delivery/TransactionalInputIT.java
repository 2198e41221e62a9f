package loginstream.delivery;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import loginstream.Application;
import loginstream.fixture.Cluster;
import loginstream.fixture.Logins;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An input topic whose producer is transactional, as a redrive is: markers that nobody sees follow its records. */
@ExtendWith(SharedBroker.class)
class TransactionalInputIT {
    private static final int PARTITIONS = 4;

    @ParameterizedTest
    @ValueSource(strings = {"exactly-once", "at-least-once"})
    void leavesNoLag(String delivery, Cluster cluster) throws Exception {
        TestTopics topics = cluster.freshTopics(PARTITIONS);
        try (KafkaProducer<byte[], byte[]> producer = producer(cluster)) {
            try (Application application = started(topics, cluster, delivery)) {
                // Given records and a marker behind them
                send(producer, topics, 50);
                producer.commitTransaction();
                awaitNoLag(application, cluster, topics, 50L * PARTITIONS);

                // When markers come that no record comes with
                send(producer, topics, 1);
                producer.abortTransaction();

                // Then
                awaitNoLag(application, cluster, topics, 50L * PARTITIONS);
            }

            // When they come while nobody is there
            send(producer, topics, 1);
            producer.abortTransaction();

            // Then
            try (Application application = started(topics, cluster, delivery)) {
                awaitNoLag(application, cluster, topics, 0);
            }
        }
    }

    private static Application started(TestTopics topics, Cluster cluster, String delivery) throws Exception {
        Application application = new Application(
                topics.settings(cluster, "loginstream.delivery", delivery, "loginstream.batch.size", "10"));
        application.start();
        return application;
    }

    /** Nothing is left for Kafka's own tools, which compare offsets, and nothing for our own gauge. */
    private static void awaitNoLag(Application application, Cluster cluster, TestTopics topics, long processed) {
        await().atMost(20, SECONDS)
                .until(() -> application.metrics().totals().processed() == processed
                        && cluster.committed(topics.group()).equals(cluster.ends(topics.input())));
        await().atMost(5, SECONDS)
                .until(() -> application.metrics().lag().size() == PARTITIONS
                        && application.metrics().totals().lag() == 0);
    }

    private static KafkaProducer<byte[], byte[]> producer(Cluster cluster) {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        cluster.bootstrapServers(),
                        "transactional.id",
                        UUID.randomUUID().toString()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, TestTopics topics, int each) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int n = 0; n < each * PARTITIONS; n++) {
            records.add(new ProducerRecord<>(topics.input(), n % PARTITIONS, null, Logins.bytes(Logins.numbered(n))));
        }
        producer.beginTransaction();
        records.forEach(producer::send);
        producer.flush();
    }
}
