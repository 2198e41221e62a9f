package loginstream.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.camel.impl.engine.DefaultReactiveExecutor;
import org.apache.camel.spi.ReactiveExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class DueTasksTest {
    private static final LongSupplier ENDLESS = () -> Long.MAX_VALUE;
    private static final LongSupplier A_SECOND = () -> TimeUnit.SECONDS.toNanos(1);

    private final DueTasks tasks = new DueTasks(true);
    private final ReactiveExecutor executor = new DefaultReactiveExecutor();
    private final Thread thread = Thread.currentThread();
    private final List<String> done = new ArrayList<>();

    private Runnable note(String task) {
        return () -> {
            assertThat(Thread.currentThread()).isSameAs(thread);
            done.add(task);
        };
    }

    @AfterEach
    void stop() {
        tasks.shutdownNow();
    }

    @Test
    void runsWhatIsScheduledInATurnOnItsThreadInTheOrderOfTime() throws Exception {
        // Given
        try (DueTasks.Turn turn = tasks.begin(ENDLESS)) {
            tasks.schedule(note("late"), 20, TimeUnit.MILLISECONDS);
            tasks.schedule(note("early"), 1, TimeUnit.MILLISECONDS);
            assertThat(done).isEmpty();

            // When
            turn.runUntil(() -> done.size() == 2, executor);
        }

        // Then
        assertThat(done).containsExactly("early", "late");
    }

    @Test
    void doesNotWaitForWhatIsFurtherAwayThanItMayWait() {
        // Given
        try (DueTasks.Turn turn = tasks.begin(A_SECOND)) {
            tasks.schedule(note("far"), 1, TimeUnit.HOURS);

            // When
            var waiting = assertThatExceptionOfType(RejectedExecutionException.class)
                    .isThrownBy(() -> turn.runUntil(() -> !done.isEmpty(), executor));

            // Then
            waiting.withMessageContaining("redelivery");
        }
    }

    @Test
    void waitsForWhatIsNearEnough() throws Exception {
        // Given
        try (DueTasks.Turn turn = tasks.begin(A_SECOND)) {
            tasks.schedule(note("near"), 10, TimeUnit.MILLISECONDS);

            // When
            turn.runUntil(() -> !done.isEmpty(), executor);
        }

        // Then
        assertThat(done).containsExactly("near");
    }

    @Test
    void theWaitsOverlap() throws Exception {
        // Given
        long begin = System.nanoTime();
        int logins = 200;
        try (DueTasks.Turn turn = tasks.begin(ENDLESS)) {
            for (int i = 0; i < logins; i++) {
                tasks.schedule(note("x"), 100, TimeUnit.MILLISECONDS);
            }

            // When
            turn.runUntil(() -> done.size() == logins, executor);
        }

        // Then
        assertThat(System.nanoTime() - begin)
                .isBetween(TimeUnit.MILLISECONDS.toNanos(100), TimeUnit.MILLISECONDS.toNanos(100 * logins / 2));
    }

    @Test
    void wakesUpWhenAnotherThreadHasDoneSomething() throws Exception {
        // Given
        AtomicBoolean finished = new AtomicBoolean();
        AtomicLong signalled = new AtomicLong();
        CountDownLatch waiting = new CountDownLatch(1);
        try (DueTasks.Turn turn = tasks.begin(ENDLESS)) {
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
                try {
                    waiting.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                signalled.set(System.nanoTime());
                finished.set(true);
                turn.signal();
            });

            // When
            turn.runUntil(
                    () -> {
                        waiting.countDown();
                        return finished.get();
                    },
                    executor);

            // Then well before it would have looked by itself
            assertThat(System.nanoTime() - signalled.get()).isLessThan(TimeUnit.MILLISECONDS.toNanos(700));
            other.join();
        }
    }

    @Test
    void doesWhatCamelHasLeftToBeDoneOnThatThread() throws Exception {
        // Given
        try (DueTasks.Turn turn = tasks.begin(ENDLESS)) {
            executor.scheduleQueue(() -> done.add("left"));

            // When
            turn.runUntil(() -> !done.isEmpty(), executor);
        }

        // Then
        assertThat(done).containsExactly("left");
    }

    @Test
    void doesNotRunWhatWasCancelled() throws Exception {
        // Given
        try (DueTasks.Turn turn = tasks.begin(ENDLESS)) {
            ScheduledFuture<?> cancelled = tasks.schedule(note("cancelled"), 1, TimeUnit.MILLISECONDS);
            tasks.schedule(note("other"), 5, TimeUnit.MILLISECONDS);
            cancelled.cancel(false);

            // When
            turn.runUntil(() -> !done.isEmpty(), executor);
        }

        // Then
        assertThat(done).containsExactly("other");
    }

    @Test
    void aTurnWithinATurnLeavesTheOuterOneItsTasks() throws Exception {
        // Given
        try (DueTasks.Turn outer = tasks.begin(ENDLESS)) {
            tasks.schedule(note("outer"), 0, TimeUnit.MILLISECONDS);
            try (DueTasks.Turn inner = tasks.begin(ENDLESS)) {
                tasks.schedule(note("inner"), 5, TimeUnit.MILLISECONDS);
                inner.runUntil(() -> !done.isEmpty(), executor);
            }
            tasks.schedule(note("after"), 1, TimeUnit.MILLISECONDS);

            // When
            outer.runUntil(() -> done.size() == 3, executor);
        }

        // Then
        assertThat(done).containsExactly("inner", "outer", "after");
    }

    @Test
    void waitsNoLongerForOtherThreadsThanItMay() {
        // Given something that another thread never does
        AtomicInteger looks = new AtomicInteger();
        try (DueTasks.Turn turn = tasks.begin(() -> 1 - looks.getAndIncrement())) {

            // When
            var waiting = assertThatExceptionOfType(RejectedExecutionException.class)
                    .isThrownBy(() -> turn.runUntil(() -> false, executor));

            // Then it has waited while it might
            waiting.withMessageContaining("redelivery");
            assertThat(looks).hasValue(2);
        }
    }

    @Test
    void isAnOrdinarySchedulerForOtherThreads() throws Exception {
        // Given
        BlockingQueue<String> threads = new ArrayBlockingQueue<>(1);
        tasks.begin(ENDLESS).close();

        // When
        Runnable task = () -> threads.add(Thread.currentThread().getName());
        tasks.schedule(task, 1, TimeUnit.MILLISECONDS);

        // Then
        await().until(() -> !threads.isEmpty());
        assertThat(threads).containsExactly("redelivery");
    }
}
