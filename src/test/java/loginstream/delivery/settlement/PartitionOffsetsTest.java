package loginstream.delivery.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import loginstream.fixture.LoginRecords;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PartitionOffsetsTest {
    private static final TopicPartition PARTITION = new TopicPartition(LoginRecords.TOPIC, LoginRecords.PARTITION);

    private final PartitionOffsets offsets = new PartitionOffsets();

    @Test
    void whatWasFetchedIsStillToBeDone() {
        // Given
        fetched(10, 12, 13);

        // When
        fetched(13, 15, 16);

        // Then
        assertThat(lag(7)).containsExactly(Map.entry(PARTITION, 7L + 6));
    }

    @Test
    void untilItHasCommitted() {
        // Given
        fetched(10, 12, 13);

        // When
        committed(12);

        // Then
        assertThat(lag(0)).containsEntry(PARTITION, 1L);
        committed(13);
        assertThat(lag(0)).containsEntry(PARTITION, 0L);
    }

    @Test
    void aPartitionThatCameBackBeginsAnew() {
        // Given
        fetched(10, 12, 13);

        // When
        offsets.forget(Set.of(PARTITION));

        // Then
        assertThat(lag(0)).containsEntry(PARTITION, 0L);
        fetched(100, 100, 101);
        assertThat(lag(0)).containsEntry(PARTITION, 1L);
    }

    @Test
    void aTopicThatWasMadeAnewBeginsAnew() {
        // Given
        fetched(1000, 1000, 1001);
        committed(1001);

        // When
        fetched(0, 4, 5);

        // Then
        assertThat(lag(0)).containsEntry(PARTITION, 5L);
    }

    @Test
    void saysNothingWhereTheEndIsUnknown() {
        // Given
        fetched(10, 10, 11);

        // When
        Map<TopicPartition, Long> lag = offsets.lag(Set.of(PARTITION), partition -> OptionalLong.empty());

        // Then
        assertThat(lag).isEmpty();
    }

    @Test
    void theLastRecordFetchedProvesThePosition() {
        // Given records, and the marker of their transaction
        fetched(10, 12, 14);

        // When
        Map<TopicPartition, OffsetAndMetadata> proven = offsets.provenBy(at(13));

        // Then
        assertThat(proven).isEqualTo(at(14));
    }

    @Test
    void anEarlierRecordProvesNoMoreThanItself() {
        // Given
        fetched(10, 12, 14);

        // When
        Map<TopicPartition, OffsetAndMetadata> proven = offsets.provenBy(at(12));

        // Then
        assertThat(proven).isEqualTo(at(12));
    }

    @Test
    void whatFollowsRecordsThatHaveCommittedIsPassed() {
        // Given
        fetched(10, 12, 13);
        committed(13);
        assertThat(offsets.passed()).isEmpty();

        // When
        offsets.moved(PARTITION, 15);

        // Then
        assertThat(offsets.passed()).isEqualTo(at(15));
        committed(15);
        assertThat(offsets.passed()).isEmpty();
    }

    @Test
    void nothingIsPassedWhileARecordBeforeItIsOpen() {
        // Given
        fetched(10, 12, 13);
        committed(12);

        // When
        offsets.moved(PARTITION, 15);

        // Then
        assertThat(offsets.passed()).isEmpty();
    }

    @Test
    void nothingIsPassedBeforeItIsKnownWhatIsCommitted() {
        // Given
        offsets.moved(PARTITION, 15);

        // When
        Map<TopicPartition, OffsetAndMetadata> passed = offsets.passed();

        // Then
        assertThat(passed).isEmpty();
        assertThat(offsets.unknown()).containsExactly(PARTITION);
        offsets.uncommitted(Set.of(PARTITION));
        assertThat(offsets.unknown()).isEmpty();
        assertThat(offsets.passed()).isEqualTo(at(15));
    }

    private void fetched(long first, long last, long position) {
        offsets.fetched(PARTITION, record(first), record(last), position);
    }

    private void committed(long offset) {
        offsets.committed(at(offset));
    }

    private static Map<TopicPartition, OffsetAndMetadata> at(long offset) {
        return Map.of(PARTITION, new OffsetAndMetadata(offset));
    }

    private Map<TopicPartition, Long> lag(long behind) {
        return offsets.lag(Set.of(PARTITION), partition -> OptionalLong.of(behind));
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset) {
        return LoginRecords.record(offset, "key", LoginRecords.good());
    }
}
