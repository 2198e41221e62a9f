package loginstream.metrics;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs one line every few seconds: what has come in, what has become of it, how fast, and what is waiting. */
public final class SummaryLine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("loginstream");
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final LoginMetrics metrics;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "summary");
        thread.setDaemon(true);
        return thread;
    });
    private long lastIn;
    private long lastNanos = System.nanoTime();

    public SummaryLine(LoginMetrics metrics) {
        this.metrics = metrics;
    }

    public void start() {
        timer.scheduleAtFixedRate(this::log, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void log() {
        LoginMetrics.Totals totals = metrics.totals();
        long now = System.nanoTime();
        double rate = (totals.in() - lastIn) * 1e9 / (now - lastNanos);
        lastIn = totals.in();
        lastNanos = now;
        LOG.info(format(totals, rate));
    }

    static String format(LoginMetrics.Totals totals, double rate) {
        return String.format(
                Locale.ROOT,
                "in %,d  processed %,d  filtered %,d  dead-lettered %,d  rate %,.1f/s  lag %,d",
                totals.in(),
                totals.processed(),
                totals.filtered(),
                totals.deadLettered(),
                rate,
                totals.lag());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
