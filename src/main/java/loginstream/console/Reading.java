package loginstream.console;

import java.util.Map;
import loginstream.metrics.LoginMetrics;

/**
 * What the metrics said at one moment; every count is since the start of the process.
 *
 * @param at milliseconds since 1970
 * @param latency records by bucket of {@link LoginMetrics#latencyBounds()}, in milliseconds; not cumulative
 * @param logins processed logins by value, for each field
 */
record Reading(long at, LoginMetrics.Totals totals, long[] latency, Map<String, Map<String, Long>> logins) {

    static Reading of(LoginMetrics metrics, long at) {
        return new Reading(at, metrics.totals(), metrics.latencyCounts(), metrics.loginsByField());
    }

    /** Records decided per second between an earlier reading and this one. */
    double rateSince(Reading earlier) {
        return perSecond(earlier, totals.in() - earlier.totals.in());
    }

    /** Dead letters per second between an earlier reading and this one. */
    double deadLetterRateSince(Reading earlier) {
        return perSecond(earlier, totals.deadLettered() - earlier.totals.deadLettered());
    }

    private double perSecond(Reading earlier, long count) {
        long millis = at - earlier.at;
        return millis <= 0 ? 0 : count * 1000.0 / millis;
    }

    /** The latency in milliseconds that a share of the records since an earlier reading stayed within; null without records. */
    Double latencySince(Reading earlier, long[] bounds, double share) {
        long[] between = latency.clone();
        for (int i = 0; i < between.length; i++) {
            between[i] -= earlier.latency[i];
        }
        return Percentile.of(share, bounds, between);
    }
}
