package loginstream.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import loginstream.bench.report.Results.Key;

/**
 * A ratio that is promised.
 *
 * @param name in words
 * @param key the numerator
 * @param base the denominator
 * @param mustReach worst value that is good enough
 * @param aimFor what would be better
 * @param moreIsBetter whether a higher ratio is the better one
 */
record Target(String name, Key key, Key base, Metric metric, double mustReach, double aimFor, boolean moreIsBetter) {

    private static final String COMMIT_15_MS = "Kafka Streams with a commit each 15 ms";

    /** What the pipeline is to reach beside others. */
    static List<Target> all() {
        Key loginstream = throughput("loginstream-java");
        Key streams = throughput("streams");
        Key given = throughput("streams-given-our-steps");
        return List.of(
                new Target(
                        "exactly-once throughput / Kafka Streams exactly_once_v2",
                        loginstream,
                        streams,
                        Metric.THROUGHPUT,
                        1.6,
                        2.5,
                        true),
                less("processor time per record / Kafka Streams exactly_once_v2", loginstream, streams, 0.6, 0.45),
                new Target(
                        "the same throughput / Kafka Streams given Loginstream's own steps",
                        loginstream,
                        given,
                        Metric.THROUGHPUT,
                        1.4,
                        1.6,
                        true),
                less(
                        "the same processor time / Kafka Streams given Loginstream's own steps",
                        loginstream,
                        given,
                        0.75,
                        0.6),
                less("processor time per record / bare loop", loginstream, throughput("bare-loop"), 1.8, 1.5),
                less(
                        "processor time per record, YAML route / Java route",
                        throughput("loginstream-yaml"),
                        loginstream,
                        1.05,
                        1.0),
                less(
                        "processor time per record, backlog 32,000,000 / 500,000",
                        backlog("32,000,000"),
                        backlog("500,000"),
                        1.05,
                        1.0),
                latency("500", "streams", "Kafka Streams' default"),
                latency("5000", "streams", "Kafka Streams' default"),
                latency("50000", "streams", "Kafka Streams' default"),
                latency("500", "streams-commit-15ms", COMMIT_15_MS),
                latency("5000", "streams-commit-15ms", COMMIT_15_MS),
                latency("50000", "streams-commit-15ms", COMMIT_15_MS),
                new Target(
                        "resident memory / Kafka Streams exactly_once_v2",
                        loginstream,
                        streams,
                        Metric.PEAK_RSS,
                        1.2,
                        1.0,
                        false));
    }

    private static Target less(String name, Key key, Key base, double mustReach, double aimFor) {
        return new Target(name, key, base, Metric.CPU, mustReach, aimFor, false);
    }

    private static Target latency(String rate, String contender, String name) {
        return new Target(
                "99th percentile of latency at " + rate + " records/s / " + name,
                new Key("latency", "loginstream-java", rate + "/s"),
                new Key("latency", contender, rate + "/s"),
                Metric.P99,
                contender.equals("streams") ? 0.7 : 1,
                contender.equals("streams") ? 0.4 : 1,
                false);
    }

    private static Key throughput(String contender) {
        return new Key("throughput", contender, "");
    }

    private static Key backlog(String records) {
        return new Key("backlog", "loginstream-java", records);
    }

    Optional<Spread> measured(Results results) {
        return results.ratio(key, base, metric);
    }

    /** What the median amounts to. */
    String verdict(Spread ratio) {
        if (reaches(ratio.median(), aimFor)) {
            return "reaches the aim";
        }
        return reaches(ratio.median(), mustReach) ? "good enough" : "NOT REACHED";
    }

    private boolean reaches(double value, double limit) {
        return moreIsBetter ? value >= limit : value <= limit;
    }

    static String times(double ratio) {
        return String.format(Locale.ROOT, "%.2f ×", ratio);
    }
}
