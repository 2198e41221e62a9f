package loginstream.console;

import java.util.List;
import java.util.Map;
import loginstream.route.trial.Finding;

/**
 * Everything the page shows of the running pipeline, as the API sends it. Times are milliseconds since 1970.
 *
 * @param startedAt of the process; page and server may be told apart by it
 * @param way from where to where it brings records
 * @param state {@code running}, {@code pausing} (what is in hand is not committed yet), {@code paused} or {@code troubled}
 * @param trouble why it is not ready, in words; empty where it is
 * @param rate records decided per second, over the last seconds
 * @param partitions the lag of each partition that this process has
 * @param latency from a record's timestamp to the commit of its result, over the last minutes
 * @param logins processed logins by field
 * @param history what was not there at the last look
 * @param reload the latest edit of the YAML routes; null where there was none
 */
record Overview(
        long at,
        long startedAt,
        String way,
        String state,
        String trouble,
        double rate,
        long processed,
        long filtered,
        long deadLettered,
        long lag,
        List<PartitionLag> partitions,
        Latency latency,
        Map<String, Breakdown> logins,
        List<Point> history,
        Reload reload) {

    record PartitionLag(String topic, int partition, long lag) {}

    /** Milliseconds; null where there were no records. */
    record Latency(Double p50, Double p95, Double p99) {}

    /** The most frequent values first. */
    record Breakdown(List<Count> recent, List<Count> total) {}

    record Count(String value, long count) {}

    /** One step of the charts: rates per second since the step before it, lag in records, latency in milliseconds. */
    record Point(long at, double rate, double deadLetterRate, long lag, Double p50, Double p95, Double p99) {}

    /** The error is null where the edit was applied; findings are a rehearsal's. */
    record Reload(
            long at,
            boolean takenBack,
            String error,
            List<Finding> findings,
            long applied,
            long rejected,
            long rolledBack) {}
}
