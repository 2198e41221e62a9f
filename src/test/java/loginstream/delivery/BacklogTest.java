package loginstream.delivery;

import static loginstream.fixture.LoginRecords.good;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import loginstream.fixture.LoginRecords;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final TopicPartition PARTITION = new TopicPartition(LoginRecords.TOPIC, LoginRecords.PARTITION);

    private final Backlog backlog = new Backlog();

    @Test
    void whatWasPolledIsStillToBeDone() {
        // Given
        backlog.polled(records(10, 11, 12));

        // When
        backlog.polled(records(13, 15));

        // Then
        assertThat(lag(7)).containsExactly(Map.entry(PARTITION, 7L + 6));
    }

    @Test
    void untilItHasCommitted() {
        // Given
        backlog.polled(records(10, 11, 12));

        // When
        backlog.committed(Map.of(PARTITION, new OffsetAndMetadata(12)));

        // Then
        assertThat(lag(0)).containsEntry(PARTITION, 1L);
        backlog.committed(Map.of(PARTITION, new OffsetAndMetadata(13)));
        assertThat(lag(0)).containsEntry(PARTITION, 0L);
    }

    @Test
    void aPartitionThatCameBackBeginsAnew() {
        // Given
        backlog.polled(records(10, 11, 12));

        // When
        backlog.forget(Set.of(PARTITION));

        // Then
        assertThat(lag(0)).containsEntry(PARTITION, 0L);
        backlog.polled(records(100));
        assertThat(lag(0)).containsEntry(PARTITION, 1L);
    }

    @Test
    void saysNothingWhereTheEndIsUnknown() {
        // Given
        backlog.polled(records(10));

        // When
        Map<TopicPartition, Long> lag = backlog.lag(Set.of(PARTITION), partition -> OptionalLong.empty());

        // Then
        assertThat(lag).isEmpty();
    }

    private Map<TopicPartition, Long> lag(long behind) {
        return backlog.lag(Set.of(PARTITION), partition -> OptionalLong.of(behind));
    }

    private static ConsumerRecords<byte[], byte[]> records(long... offsets) {
        return new ConsumerRecords<>(
                Map.of(
                        PARTITION,
                        Arrays.stream(offsets)
                                .mapToObj(offset -> LoginRecords.record(offset, "key", good()))
                                .toList()),
                Map.of());
    }
}
