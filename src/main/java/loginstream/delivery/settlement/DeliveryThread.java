package loginstream.delivery.settlement;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Where a consumer thread lets things happen that wait for brokers, so that it can stop waiting: as long as the process
 * runs, an outage is waited out, but once a stop has begun, nothing may take longer than some seconds. What takes longer
 * is interrupted, and nothing more is begun.
 */
final class DeliveryThread implements AutoCloseable {
    /** Enough for a commit that gets through; several of them, one after the other, stay within the promised 30 s. */
    private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(4);

    private static final Duration LOOK = Duration.ofMillis(50);

    private final ExecutorService thread;
    private final Duration patience;
    private volatile boolean stopping;
    private volatile long stoppingSince;

    DeliveryThread() {
        this(
                Executors.newSingleThreadExecutor(task -> {
                    Thread delivering = new Thread(task, "delivery");
                    delivering.setDaemon(true);
                    return delivering;
                }),
                PATIENCE_AT_STOP);
    }

    /**
     * @param patience how long anything may take once a stop has begun
     */
    DeliveryThread(ExecutorService thread, Duration patience) {
        this.thread = thread;
        this.patience = patience;
    }

    /** From now on there is little time. May be called by any thread. */
    void stopping() {
        if (!stopping) {
            stoppingSince = System.nanoTime();
            stopping = true;
        }
    }

    /** Lets something happen; {@link #await} has to follow. */
    CompletableFuture<Void> begin(Runnable task) {
        Task begun = new Task(task, new CompletableFuture<>());
        try {
            thread.execute(begun);
        } catch (RejectedExecutionException e) {
            begun.drop();
        }
        return begun.end();
    }

    /** Something to happen, and its end. */
    private record Task(Runnable task, CompletableFuture<Void> end) implements Runnable {
        @Override
        public void run() {
            try {
                task.run();
                end.complete(null);
            } catch (Throwable e) {
                end.completeExceptionally(e);
            }
        }

        void drop() {
            end.completeExceptionally(noAnswer());
        }
    }

    private static TimeoutException noAnswer() {
        return new TimeoutException("stopping, and the brokers do not answer");
    }

    /** Interrupts what happens, and nobody waits for what would have happened after it. */
    private void stop() {
        for (Runnable dropped : thread.shutdownNow()) {
            if (dropped instanceof Task task) {
                task.drop();
            }
        }
    }

    /**
     * Waits until it has happened.
     *
     * @throws KafkaException if it failed, or would take too long; then it is over as well
     */
    void await(CompletableFuture<Void> task) {
        long since = System.nanoTime();
        while (true) {
            if (isOver(task, LOOK)) {
                return;
            }
            if (stopping && System.nanoTime() - Math.max(since, stoppingSince) > patience.toNanos()) {
                stop();
                if (!isOver(task, patience)) {
                    throw noAnswer();
                }
                return;
            }
        }
    }

    /**
     * Waits for a while until it has happened.
     *
     * @throws KafkaException if it failed
     */
    boolean isOver(CompletableFuture<Void> task, Duration atMost) {
        try {
            task.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (java.util.concurrent.TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            stop();
            throw new InterruptException(e);
        }
    }

    private static KafkaException failure(ExecutionException e) {
        return e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
    }

    /** Nothing more is begun. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
