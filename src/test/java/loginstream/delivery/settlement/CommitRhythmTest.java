package loginstream.delivery.settlement;

import static loginstream.fixture.LoginRecords.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommitRhythmTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final InstantSource clock = now::get;
    private final CommitRhythm rhythm = new CommitRhythm(clock.withZone(ZoneOffset.UTC));

    @Test
    void isReadyForTheFirstCommit() {
        // Then
        assertThat(rhythm.untilNext()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 12", "10, 2", "12, 0", "4000, 0", "-60000, 0"})
    void keepsAPaceButNotWhereTheClockWasPutBack(long millisLater, long untilNext) {
        // Given
        rhythm.begins();

        // When
        now.set(NOW.plusMillis(millisLater));

        // Then
        assertThat(rhythm.untilNext()).isEqualTo(Duration.ofMillis(untilNext));
    }
}
