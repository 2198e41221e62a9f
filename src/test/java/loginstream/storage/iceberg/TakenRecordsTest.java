package loginstream.storage.iceberg;

import static loginstream.fixture.LoginRecords.TOPIC;
import static loginstream.fixture.LoginRecords.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TakenRecordsTest {
    private final TakenRecords taken = new TakenRecords();

    @Test
    void takesEachOnceInWhateverOrder() {
        // Given
        Random random = new Random(1);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            records.add(record(random.nextInt(3), random.nextInt(100), null, null));
        }
        Set<ConsumerRecord<?, ?>> expected = Collections.newSetFromMap(new IdentityHashMap<>());

        // When
        for (int i = 0; i < 1000; i++) {
            ConsumerRecord<?, ?> next = records.get(random.nextInt(records.size()));

            // Then
            assertThat(taken.add(next)).isEqualTo(expected.add(next));
        }
    }

    @Test
    void knowsItsRanges() {
        taken.add(record(0, 7, null, null));
        taken.add(record(1, 3, null, null));
        taken.add(record(0, 9, null, null));
        taken.add(record(0, 5, null, null));

        assertThat(taken.firsts())
                .isEqualTo(Map.of(new TopicPartition(TOPIC, 0), 5L, new TopicPartition(TOPIC, 1), 3L));
        assertThat(taken.ends()).isEqualTo(Map.of(new TopicPartition(TOPIC, 0), 10L, new TopicPartition(TOPIC, 1), 4L));
    }
}
