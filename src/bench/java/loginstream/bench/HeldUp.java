package loginstream.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import loginstream.bench.report.Metric;

/** For how long the logins of a flow are held up by what is done meanwhile, partition by partition. */
final class HeldUp implements AutoCloseable {
    private final Thread reader;
    private final Map<Integer, Long> longest = new HashMap<>();
    private volatile boolean over;

    /** What is done to a group. */
    interface Change {
        void happen() throws InterruptedException;
    }

    /** Starts the flow, for at most that long. */
    HeldUp(Flow flow, Duration atMost) {
        long start = System.currentTimeMillis();
        flow.send(start, start + atMost.toMillis());
        reader = new Thread(() -> flow.read(() -> over, this::arrived), "reader");
        reader.start();
    }

    private synchronized void arrived(int partition, long due, long now) {
        longest.merge(partition, now - due, Math::max);
    }

    /** Does something, and tells how long a login took at most until so long after it began. */
    Map<Metric, Double> during(Duration duration, Change change) throws InterruptedException {
        take();
        long start = System.nanoTime();
        change.happen();
        Thread.sleep(Math.max(0, duration.toMillis() - (System.nanoTime() - start) / 1_000_000));
        long[] sorted = take();
        if (sorted.length == 0) {
            throw new IllegalStateException("nothing arrived");
        }
        return Map.of(
                Metric.MAX,
                (double) sorted[sorted.length - 1],
                Metric.HALF_OF_PARTITIONS,
                (double) sorted[(sorted.length - 1) / 2],
                Metric.LEAST_PARTITION,
                (double) sorted[0]);
    }

    private synchronized long[] take() {
        long[] sorted = longest.values().stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        longest.clear();
        return sorted;
    }

    @Override
    public void close() {
        over = true;
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
