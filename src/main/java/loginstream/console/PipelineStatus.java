package loginstream.console;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import loginstream.delivery.ConsumingRoutes;
import loginstream.metrics.LoginMetrics;
import loginstream.route.yaml.LiveReload;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/** Looks at the metrics every few seconds, remembers five minutes of that, and tells what is happening now. */
final class PipelineStatus {
    /** Between two readings. */
    static final int STEP_MILLIS = 2_000;

    private static final int REMEMBERED = 5 * 60 * 1_000 / STEP_MILLIS + 1;
    /** A rate over less than this is mostly the rhythm of commits. */
    private static final int RATE_MILLIS = 5_000;

    private final String way;
    private final LoginMetrics metrics;
    private final CamelContext context;
    private final ConsumingRoutes consumingRoutes;
    private final Supplier<LiveReload.Result> lastReload;
    private final Clock clock;
    private final long startedAt;
    private final RecentReadings readings = new RecentReadings(REMEMBERED);

    /**
     * @param way from where to where it brings records
     * @param lastReload gives null where nothing was reloaded
     */
    PipelineStatus(
            String way,
            LoginMetrics metrics,
            CamelContext context,
            ConsumingRoutes consumingRoutes,
            Supplier<LiveReload.Result> lastReload,
            Clock clock) {
        this.way = way;
        this.metrics = metrics;
        this.context = context;
        this.consumingRoutes = consumingRoutes;
        this.lastReload = lastReload;
        this.clock = clock;
        this.startedAt = clock.millis();
        takeReading();
    }

    /** To be called every {@link #STEP_MILLIS}. */
    void takeReading() {
        readings.add(Reading.of(metrics, clock.millis()));
    }

    /**
     * How things are.
     *
     * @param since the history after this time, in milliseconds since 1970
     */
    Overview overview(long since) {
        Reading now = Reading.of(metrics, clock.millis());
        Reading oldest = readings.oldestOr(now);
        long[] bounds = metrics.latencyBounds();
        String trouble = trouble();
        return new Overview(
                now.at(),
                startedAt,
                way,
                state(trouble),
                trouble,
                now.rateSince(readings.before(now, RATE_MILLIS)),
                now.totals().processed(),
                now.totals().filtered(),
                now.totals().deadLettered(),
                now.totals().lag(),
                partitions(),
                new Overview.Latency(
                        now.latencySince(oldest, bounds, 0.5),
                        now.latencySince(oldest, bounds, 0.95),
                        now.latencySince(oldest, bounds, 0.99)),
                logins(oldest, now),
                history(since, bounds),
                reload());
    }

    private String state(String trouble) {
        if (consumingRoutes.isSuspended()) {
            return consumingRoutes.isPaused() ? "paused" : "pausing";
        }
        return trouble.isEmpty() ? "running" : "troubled";
    }

    private String trouble() {
        return HealthCheckHelper.invokeReadiness(context).stream()
                .filter(result -> result.getState() != HealthCheck.State.UP)
                .map(result -> result.getMessage().orElse(result.getCheck().getId()))
                .collect(Collectors.joining("; "));
    }

    private List<Overview.PartitionLag> partitions() {
        return metrics.lag().entrySet().stream()
                .map(e ->
                        new Overview.PartitionLag(e.getKey().topic(), e.getKey().partition(), e.getValue()))
                .sorted(Comparator.comparing(Overview.PartitionLag::topic)
                        .thenComparingInt(Overview.PartitionLag::partition))
                .toList();
    }

    private static Map<String, Overview.Breakdown> logins(Reading oldest, Reading now) {
        Map<String, Overview.Breakdown> logins = new LinkedHashMap<>();
        now.logins().forEach((field, counts) -> {
            Map<String, Long> before = oldest.logins().get(field);
            Map<String, Long> recent = new LinkedHashMap<>();
            counts.forEach((value, count) -> recent.put(value, count - before.getOrDefault(value, 0L)));
            logins.put(field, new Overview.Breakdown(ranked(recent), ranked(counts)));
        });
        return logins;
    }

    private static List<Overview.Count> ranked(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .filter(e -> e.getValue() > 0)
                .map(e -> new Overview.Count(e.getKey(), e.getValue()))
                .sorted(Comparator.comparingLong(Overview.Count::count)
                        .reversed()
                        .thenComparing(Overview.Count::value))
                .toList();
    }

    private List<Overview.Point> history(long since, long[] bounds) {
        List<Reading> recent = readings.since(since);
        List<Overview.Point> points = new ArrayList<>();
        for (int i = 1; i < recent.size(); i++) {
            Reading before = recent.get(i - 1);
            Reading reading = recent.get(i);
            points.add(new Overview.Point(
                    reading.at(),
                    reading.rateSince(before),
                    reading.deadLetterRateSince(before),
                    reading.totals().lag(),
                    reading.latencySince(before, bounds, 0.5),
                    reading.latencySince(before, bounds, 0.95),
                    reading.latencySince(before, bounds, 0.99)));
        }
        return points;
    }

    private Overview.Reload reload() {
        LiveReload.Result reload = lastReload.get();
        return reload == null
                ? null
                : new Overview.Reload(
                        reload.at().toEpochMilli(),
                        reload.takenBack(),
                        reload.error(),
                        reload.findings(),
                        metrics.appliedReloads(),
                        metrics.rejectedReloads(),
                        metrics.rolledBackReloads());
    }
}
