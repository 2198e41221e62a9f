package loginstream.deadletter.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.LongStream;
import loginstream.config.Settings;
import loginstream.deadletter.DeadLetterHeaders;
import loginstream.fixture.Cluster;
import loginstream.fixture.DeadLetterRecords;
import loginstream.fixture.Logins;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Dead letters as they are found in a real topic. */
@ExtendWith(SharedBroker.class)
class DeadLetterReaderIT {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    @Test
    void findsWhatFailedSinceThenInALongTopic(Cluster cluster) {
        // Given failures a second after another, of records that are older the later they failed
        TestTopics topics = cluster.freshTopics(1);
        int count = 20_000;
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            ProducerRecord<byte[], byte[]> record =
                    DeadLetterRecords.of(topics, count - n, "{}", "invalid", "device_type: missing", 0);
            record.headers()
                    .remove(DeadLetterHeaders.FAILED_AT)
                    .add(
                            DeadLetterHeaders.FAILED_AT,
                            Logins.bytes(START.plusSeconds(n).toString()));
            records.add(record);
        }
        cluster.send(records);
        Instant since = START.plusSeconds(18_000);
        DeadLetterFilter filter =
                new DeadLetterFilter(null, null, since, since.plusSeconds(100), null, false, Set.of());

        // When
        List<StoredDeadLetter> found = reader(cluster, topics).newest(filter, 1_000);

        // Then
        assertThat(found)
                .extracting(letter -> letter.position().offset())
                .containsExactlyElementsOf(LongStream.iterate(18_099, offset -> offset - 1)
                        .limit(100)
                        .boxed()
                        .toList());
    }

    @Test
    void keepsTheNewestOfAllPartitionsAndLeavesTheirValuesOut(Cluster cluster) {
        // Given
        TestTopics topics = cluster.freshTopics(3);
        cluster.send(DeadLetterRecords.withoutDevice(topics, 50));

        // When
        List<StoredDeadLetter> newest = reader(cluster, topics).newest(DeadLetterFilter.all(), 3);

        // Then
        assertThat(newest)
                .extracting(StoredDeadLetter::source)
                .containsExactly(topics.input() + "-0@49", topics.input() + "-0@48", topics.input() + "-0@47");
        assertThat(newest).allMatch(letter -> letter.value() == null && letter.valueBytes() > 100);
        assertThat(reader(cluster, topics).find(newest.get(0).position()))
                .hasValueSatisfying(
                        letter -> assertThat(Logins.text(letter.value())).isEqualTo(Logins.withoutDevice(49)));
    }

    @Test
    void seesNothingThatWasRolledBackAndDoesNotWaitForMore(Cluster cluster) {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        Properties properties = new Properties();
        properties.put("bootstrap.servers", cluster.bootstrapServers());
        properties.put("transactional.id", topics.group());
        List<ProducerRecord<byte[], byte[]>> records = DeadLetterRecords.withoutDevice(topics, 2);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(records.get(0));
            producer.commitTransaction();
            producer.beginTransaction();
            producer.send(records.get(1));
            producer.flush();
            producer.abortTransaction();
        }
        assertThat(cluster.readCommitted(topics.deadLetter())).hasSize(1);

        // When
        DeadLetterStats stats = reader(cluster, topics).stats(DeadLetterFilter.all());

        // Then
        assertThat(stats.total()).isEqualTo(1);
    }

    private static DeadLetterReader reader(Cluster cluster, TestTopics topics) {
        Settings settings = topics.settings(cluster);
        return new DeadLetterReader(settings.clients(), settings.topics());
    }
}
