package loginstream.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchesInFlightTest {
    private final BatchesInFlight inFlight = new BatchesInFlight();

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
