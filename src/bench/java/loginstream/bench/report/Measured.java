package loginstream.bench.report;

import java.util.Map;

/**
 * One run of one contender.
 *
 * @param part of the benchmark
 * @param contender its name
 * @param variant what is special about it, e.g. the backlog; may be empty
 * @param round from 1
 */
public record Measured(String part, String contender, String variant, int round, Map<Metric, Double> values) {}
