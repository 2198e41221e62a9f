package loginstream.kafka.failure;

import static loginstream.fixture.LoginRecords.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final InstantSource clock = now::get;
    private final Backoff backoff = new Backoff(clock.withZone(ZoneOffset.UTC));

    @Test
    void doublesUpToFiveSeconds() {
        // When
        List<Long> waits = Stream.generate(this::afterFailure).limit(8).toList();

        // Then
        assertThat(waits).containsExactly(200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L, 5000L);
    }

    @Test
    void comesToItsEnd() {
        // Given
        backoff.failed();

        // When
        now.updateAndGet(before -> before.plusMillis(200));

        // Then
        assertThat(backoff.remaining()).isZero();
    }

    @Test
    void beginsAnewAfterASuccess() {
        // Given
        backoff.failed();
        backoff.failed();

        // When
        backoff.succeeded();

        // Then
        assertThat(backoff.remaining()).isEqualTo(Duration.ZERO);
        assertThat(afterFailure()).isEqualTo(200);
    }

    private long afterFailure() {
        backoff.failed();
        return backoff.remaining().toMillis();
    }
}
