package loginstream.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import loginstream.bench.contender.RunResult;

/**
 * Sends logins at a steady rate and reads, as {@code read_committed}, what becomes of them; prints how long that took. One
 * process, so one clock; a process of its own, so that it disturbs nobody.
 */
public final class LatencyProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Flow flow;
    private final long from;
    private final long until;
    private final long start;
    private final long[] latencies;
    private int arrived;
    private long last;

    private LatencyProbe(List<String> args) {
        int rate = Integer.parseInt(args.get(3));
        flow = new Flow(args.get(0), args.get(1), args.get(2), 1, rate);
        start = System.currentTimeMillis() + 1000;
        from = start + Long.parseLong(args.get(4)) * 1000;
        until = from + Long.parseLong(args.get(5)) * 1000;
        latencies = new long[(int) ((until - from) / 1000 + 1) * rate];
        last = start;
    }

    /** What is printed, in milliseconds. */
    record Latency(int arrived, double p50, double p99, double p999, double max) {}

    /** Broker, input, output, rate, warm-up seconds, measured seconds. */
    public static void main(String[] args) throws Exception {
        LatencyProbe probe = new LatencyProbe(List.of(args));
        probe.flow.send(probe.start, probe.until);
        probe.flow.read(probe::isOver, probe::arrived);
        System.out.println(RunResult.line(summary(Arrays.copyOf(probe.latencies, probe.arrived))));
    }

    private void arrived(int partition, long due, long now) {
        last = now;
        if (due >= from && due < until) {
            latencies[arrived++] = now - due;
        }
    }

    /** Everything is there, or nothing has come for long. */
    private boolean isOver() {
        long now = System.currentTimeMillis();
        return now > until + 3000 && now > last + 1000 || now >= Math.max(until, last) + PATIENCE.toMillis();
    }

    private static Latency summary(long[] latencies) {
        if (latencies.length == 0) {
            throw new IllegalStateException("nothing arrived");
        }
        Arrays.sort(latencies);
        return new Latency(
                latencies.length,
                percentile(latencies, 0.5),
                percentile(latencies, 0.99),
                percentile(latencies, 0.999),
                latencies[latencies.length - 1]);
    }

    private static double percentile(long[] sorted, double share) {
        return sorted[Math.min(sorted.length - 1, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
