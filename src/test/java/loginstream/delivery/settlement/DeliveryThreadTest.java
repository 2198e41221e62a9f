package loginstream.delivery.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryThreadTest {
    private final DeliveryThread thread =
            new DeliveryThread(Executors.newSingleThreadExecutor(), Duration.ofMillis(100));
    private final CountDownLatch answer = new CountDownLatch(1);

    @AfterEach
    void close() {
        answer.countDown();
        thread.close();
    }

    @Test
    void waitsForAnAnswer() {
        // Given
        CompletableFuture<Void> task = thread.begin(this::awaitAnswer);
        assertThat(thread.isOver(task, Duration.ZERO)).isFalse();

        // When
        answer.countDown();
        thread.await(task);

        // Then
        assertThat(task).isCompleted();
    }

    @Test
    void tellsWhatWentWrong() {
        // Given
        CompletableFuture<Void> task = thread.begin(() -> {
            throw new IllegalStateException("closed");
        });

        // When
        Throwable failure = catchThrowable(() -> thread.await(task));

        // Then
        assertThat(failure).isInstanceOf(KafkaException.class).hasRootCauseMessage("closed");
    }

    @Test
    void interruptsWhatTakesTooLongOnceAStopHasBegun() {
        // Given
        CompletableFuture<Void> task = thread.begin(this::awaitAnswer);

        // When
        thread.stopping();
        Throwable failure = catchThrowable(() -> thread.await(task));

        // Then
        assertThat(failure).isInstanceOf(InterruptException.class);
        assertThat(task).isCompletedExceptionally();
    }

    @Test
    void beginsNothingAfterThat() {
        // Given
        CompletableFuture<Void> hanging = thread.begin(this::awaitAnswer);
        thread.stopping();
        catchThrowable(() -> thread.await(hanging));

        // When
        Throwable failure = catchThrowable(() -> thread.await(thread.begin(() -> {})));

        // Then
        assertThat(failure).isInstanceOf(TimeoutException.class);
    }

    @Test
    void givesUpAtOnceWhatWasToFollow() {
        // Given
        CompletableFuture<Void> hanging = thread.begin(this::awaitAnswer);
        CompletableFuture<Void> next = thread.begin(() -> {});
        thread.stopping();

        // When
        catchThrowable(() -> thread.await(hanging));

        // Then
        assertThat(next).isCompletedExceptionally();
    }

    /** As Kafka's clients wait: an interrupt ends it. */
    private void awaitAnswer() {
        try {
            answer.await();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
