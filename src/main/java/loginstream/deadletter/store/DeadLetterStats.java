package loginstream.deadletter.store;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import loginstream.login.Failure;

/**
 * How many dead letters there are of which kind.
 *
 * @param total all that were counted
 * @param redriven those of them that were sent again already
 * @param byFailure the most frequent first
 * @param byReason by rule, without the values that broke it, the most frequent first; a record that breaks two rules
 *     counts for both
 */
public record DeadLetterStats(long total, long redriven, Map<String, Long> byFailure, Map<String, Long> byReason) {
    /** More different reasons than this are counted as others. */
    static final int MOST_REASONS = 500;

    static final String OTHERS = "(others)";

    /** Counts while dead letters go by. */
    static final class Counting {
        private final Map<String, Long> byFailure = new HashMap<>();
        private final Map<String, Long> byReason = new HashMap<>();
        private long total;
        private long redriven;

        void count(StoredDeadLetter letter) {
            total++;
            if (letter.redriven()) {
                redriven++;
            }
            byFailure.merge(
                    Failure.find(letter.failure()).map(Failure::word).orElse(StoredDeadLetter.UNKNOWN), 1L, Long::sum);
            for (String rule : ReasonRules.of(letter.reason())) {
                boolean room = byReason.size() < MOST_REASONS || byReason.containsKey(rule);
                byReason.merge(room ? rule : OTHERS, 1L, Long::sum);
            }
        }

        DeadLetterStats result() {
            return new DeadLetterStats(total, redriven, mostFrequentFirst(byFailure), mostFrequentFirst(byReason));
        }

        private static Map<String, Long> mostFrequentFirst(Map<String, Long> counts) {
            Map<String, Long> sorted = new LinkedHashMap<>();
            counts.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                            .thenComparing(Map.Entry.comparingByKey()))
                    .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
            return sorted;
        }
    }
}
