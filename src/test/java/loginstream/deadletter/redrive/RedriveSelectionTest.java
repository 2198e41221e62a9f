package loginstream.deadletter.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import loginstream.deadletter.DeadLetterHeaders;
import loginstream.deadletter.store.DeadLetterFilter;
import loginstream.fixture.LoginRecords;
import loginstream.fixture.StoredDeadLetters;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class RedriveSelectionTest {
    private final RedriveSelection selection =
            new RedriveSelection(RedriveRequest.of(DeadLetterFilter.all()), "user-login", 4);

    @Test
    void leavesAStandInAloneForItHasNoRecord() {
        // Given
        Headers headers = new RecordHeaders()
                .add(DeadLetterHeaders.ORIGINAL_TOPIC, LoginRecords.utf8("user-login"))
                .add(DeadLetterHeaders.FAILURE, LoginRecords.utf8("processing"));

        // When
        ProducerRecord<byte[], byte[]> sent = selection.select(StoredDeadLetters.with(headers, null, false));

        // Then
        assertThat(sent).isNull();
        assertThat(selection.result()).isEqualTo(new RedriveResult(1, 0, 0, 0, 1, 0, 0));
    }
}
