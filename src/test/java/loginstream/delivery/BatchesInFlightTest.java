package loginstream.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import loginstream.kafka.failure.ThrottledLog;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class BatchesInFlightTest {
    private final BatchesInFlight inFlight =
            new BatchesInFlight(new ThrottledLog(LoggerFactory.getLogger(BatchesInFlightTest.class)));

    @Test
    void aConsumerThatHasFailedIsNoProblemOnceOneWorks() {
        // Given
        boolean before = inFlight.isFailing();

        // When
        inFlight.failed(new IllegalStateException("a fault of the program"));
        boolean failing = inFlight.isFailing();
        inFlight.worked();

        // Then
        assertThat(before).isFalse();
        assertThat(failing).isTrue();
        assertThat(inFlight.isFailing()).isFalse();
    }
}
