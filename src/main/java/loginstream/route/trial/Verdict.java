package loginstream.route.trial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import loginstream.login.PlainText;

/** What edited routes would do to logins that the running ones pass. */
final class Verdict {
    /** A login that takes so long would keep the first batch of a consumer, 500 logins, for longer than a group waits. */
    private static final Duration SLOWEST = Duration.ofMillis(600);

    /** Part of the logins that pass now: an edit that drops more has to say that it means to. */
    private static final double MOST_DROPPED = 0.5;

    private static final String IF_MEANT = "; if that is meant, a line \"# loginstream.rehearsal: off\" says so";

    private static final int LONGEST_REASON = 200;

    private final boolean mayQuote;

    private Verdict(boolean mayQuote) {
        this.mayQuote = mayQuote;
    }

    /**
     * Where edited routes do harm; empty where they do none.
     *
     * @param mayQuote whether a reason may hold what a step has said of a record
     */
    static List<Finding> of(Performance edited, Performance running, boolean mayQuote) {
        return new Verdict(mayQuote).of(edited, running);
    }

    private List<Finding> of(Performance edited, Performance running) {
        Map<String, Outcome> before = running.outcomes();
        if (edited.tried() == 0) {
            int passing =
                    (int) before.values().stream().filter(Outcome::isPassed).count();
            return running.tried() == 0 ? List.of() : List.of(Finding.notConsumed(passing));
        }
        List<Outcome> passedBefore = edited.outcomes().values().stream()
                .filter(outcome -> isPassed(before.get(outcome.position())))
                .toList();
        List<Finding> findings = new ArrayList<>(
                failures(passedBefore.stream().filter(Outcome::isFailed).toList(), passedBefore.size()));
        List<Outcome> dropped = passedBefore.stream().filter(Outcome::isDropped).toList();
        if (dropped.size() > MOST_DROPPED * passedBefore.size()) {
            Outcome first = dropped.get(0);
            String what = first.reason() == null ? "dropped" : "rejected: " + reason(first);
            findings.add(
                    new Finding(place(first), dropped.size(), passedBefore.size(), first.position(), what + IF_MEANT));
        }
        long millisEach = edited.slowestNanos() / 1_000_000;
        if (millisEach > SLOWEST.toMillis() && running.slowestNanos() < edited.slowestNanos() / 2) {
            findings.add(Finding.slow(millisEach, SLOWEST.toMillis(), edited.tried()));
        }
        return findings;
    }

    private static boolean isPassed(Outcome outcome) {
        return outcome != null && outcome.isPassed();
    }

    /**
     * One finding for each step.
     *
     * @param of how many logins were tried
     */
    static List<Finding> ofFailures(List<Outcome> failed, int of, boolean mayQuote) {
        return new Verdict(mayQuote).failures(failed, of);
    }

    private List<Finding> failures(List<Outcome> failed, int of) {
        Map<String, List<Outcome>> byStep = new LinkedHashMap<>();
        failed.forEach(outcome -> byStep.computeIfAbsent(key(outcome.step()), any -> new ArrayList<>())
                .add(outcome));
        return byStep.values().stream().map(each -> failure(each, of)).toList();
    }

    /** Ids that Camel has made up are others each time. */
    private static String key(StepPlace stepOrNull) {
        if (stepOrNull == null) {
            return "";
        }
        return stepOrNull.place().isEmpty() ? stepOrNull.id() : stepOrNull.place();
    }

    private Finding failure(List<Outcome> failed, int of) {
        Outcome first = failed.get(0);
        return new Finding(place(first), failed.size(), of, first.position(), reason(first));
    }

    private String reason(Outcome outcome) {
        String reason = PlainText.of(outcome.reason(), LONGEST_REASON);
        return mayQuote ? reason : reason.split(":", 2)[0];
    }

    private static String place(Outcome outcome) {
        return outcome.step() == null ? null : outcome.step().toString();
    }
}
