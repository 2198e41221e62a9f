package loginstream.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All runs, and what can be said over the rounds. */
public final class Results {
    private final List<Measured> runs = new ArrayList<>();

    public void add(Measured run) {
        runs.add(run);
    }

    List<Measured> runs() {
        return List.copyOf(runs);
    }

    /** Who was measured at what. */
    public record Key(String part, String contender, String variant) {
        static Key of(Measured run) {
            return new Key(run.part(), run.contender(), run.variant());
        }
    }

    /** The keys of a part, in the order in which they first ran. */
    Set<Key> keys(String part) {
        Set<Key> keys = new LinkedHashSet<>();
        runs.stream().filter(run -> run.part().equals(part)).forEach(run -> keys.add(Key.of(run)));
        return keys;
    }

    Set<String> parts() {
        Set<String> parts = new LinkedHashSet<>();
        runs.forEach(run -> parts.add(run.part()));
        return parts;
    }

    Optional<Spread> spread(Key key, Metric metric) {
        return spread(byRound(key, metric));
    }

    /** One metric of one key over that of another, round by round: what the machine does in a round hits both. */
    public Optional<Spread> ratio(Key key, Key base, Metric metric) {
        Map<Integer, Double> over = byRound(key, metric);
        Map<Integer, Double> under = byRound(base, metric);
        over.keySet().retainAll(under.keySet());
        over.replaceAll((round, value) -> value / under.get(round));
        return spread(over);
    }

    private static Optional<Spread> spread(Map<Integer, Double> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values.values()));
    }

    private Map<Integer, Double> byRound(Key key, Metric metric) {
        Map<Integer, Double> values = new LinkedHashMap<>();
        for (Measured run : runs) {
            Double value = run.values().get(metric);
            if (Key.of(run).equals(key) && value != null) {
                values.put(run.round(), value);
            }
        }
        return values;
    }
}
