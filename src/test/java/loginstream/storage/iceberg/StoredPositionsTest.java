package loginstream.storage.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StoredPositionsTest {
    private static final TopicPartition FIRST = new TopicPartition("processed-data", 0);
    private static final TopicPartition SECOND = new TopicPartition("processed-data", 1);

    @Test
    void ofATableWithoutSnapshotsNothingIsThere() {
        StoredPositions positions = StoredPositions.ofSummaries(List.of());

        assertThat(positions.mayHold(new TopicPartition("processed-data", 0), 0))
                .isFalse();
    }

    @Test
    void tellWhatIsThereUpToTheirEnd() {
        StoredPositions positions = StoredPositions.ofSummaries(List.of()).with(Map.of(FIRST, 17L), Set.of());

        assertThat(positions.mayHold(new TopicPartition("processed-data", 0), 16))
                .isTrue();
        assertThat(positions.mayHold(new TopicPartition("processed-data", 0), 17))
                .isFalse();
        assertThat(positions.mayHold(new TopicPartition("processed-data", 1), 0))
                .isFalse();
        assertThat(positions.mayHold(new TopicPartition("another", 0), 0)).isFalse();
    }

    @Test
    void neverGoBack() {
        StoredPositions positions = StoredPositions.ofSummaries(List.of())
                .with(Map.of(FIRST, 17L), Set.of())
                .with(Map.of(FIRST, 9L), Set.of(FIRST));

        assertThat(positions.mayHold(new TopicPartition("processed-data", 0), 16))
                .isTrue();
    }

    @Test
    void areReadFromTheLatestSnapshotThatTellsThem() {
        Map<String, String> compacted = Map.of();
        Map<String, String> stored = Map.of(StoredPositions.PROPERTY, "{\"processed-data\":{\"0\":17}}");
        Map<String, String> before = Map.of(StoredPositions.PROPERTY, "{\"processed-data\":{\"0\":9}}");

        StoredPositions positions = StoredPositions.ofSummaries(List.of(compacted, stored, before));

        assertThat(positions.mayHold(new TopicPartition("processed-data", 0), 16))
                .isTrue();
        assertThat(positions.mayHold(new TopicPartition("processed-data", 0), 17))
                .isFalse();
        assertThat(positions.text()).isEqualTo("{\"processed-data\":{\"0\":17}}");
    }

    @Test
    void ofATableThatNoSinkHasMadeAnythingMayBeThereUntilABatchWasNotThere() {
        StoredPositions unknown = StoredPositions.ofSummaries(List.of(Map.of()));

        assertThat(unknown.mayHold(new TopicPartition("processed-data", 0), 1_000_000))
                .isTrue();
        StoredPositions partly = unknown.with(Map.of(FIRST, 17L), Set.of(FIRST));
        assertThat(partly.mayHold(new TopicPartition("processed-data", 0), 1_000_000))
                .isTrue();
        StoredPositions known = partly.with(Map.of(FIRST, 34L), Set.of());
        assertThat(known.mayHold(new TopicPartition("processed-data", 0), 34)).isFalse();
        assertThat(known.mayHold(new TopicPartition("processed-data", 1), 0)).isTrue();
        assertThat(known.agreesOn(List.of(SECOND), partly)).isTrue();
        assertThat(known.agreesOn(List.of(FIRST), partly)).isFalse();
        assertThat(StoredPositions.ofSummaries(List.of(Map.of(StoredPositions.PROPERTY, known.text()))))
                .isEqualTo(known);
    }
}
