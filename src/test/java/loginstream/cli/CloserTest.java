package loginstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CloserTest {
    private final List<String> closed = new ArrayList<>();
    private final Closer closer = new Closer();

    @Test
    void closesTheLastFirstAlsoWhereOneFails() {
        // Given
        closer.add(() -> closed.add("broker"));
        closer.add(() -> {
            throw new IllegalStateException("cannot");
        });
        closer.add(() -> closed.add("generator"));

        // When
        closer.closeWithin(Duration.ofSeconds(60));

        // Then
        assertThat(closed).containsExactly("generator", "broker");
    }

    @Test
    void waitsNoLongerForWhatHangs() throws Exception {
        // Given
        CountDownLatch letGo = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        closer.add(over::countDown);
        closer.add(letGo::await);

        // When
        closer.closeWithin(Duration.ofMillis(50));

        // Then
        assertThat(over.getCount()).isOne();
        letGo.countDown();
        over.await();
    }

    @Test
    void opensNothingMoreOnceItIsClosed() {
        // Given
        closer.close();

        // Then
        assertThatThrownBy(() -> closer.add(() -> closed.add("pipeline")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("stopping");
    }
}
