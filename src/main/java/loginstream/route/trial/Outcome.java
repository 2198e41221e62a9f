package loginstream.route.trial;

import loginstream.login.Login;
import loginstream.login.Rejection;
import loginstream.route.stage.FailureReport;
import org.apache.camel.Exchange;
import org.apache.camel.support.processor.PredicateValidationException;

/**
 * What a route has made of a record in a rehearsal.
 *
 * @param position of the record, e.g. {@code user-login-2@1841}
 * @param step where it failed, or null
 * @param reason why it is not passed on, in one line; null where it is, or was dropped
 */
record Outcome(Kind kind, String position, StepPlace step, String reason) {
    enum Kind {
        /** It was sent. */
        PASSED,
        /** Filtered on purpose. */
        DROPPED,
        /** A dead letter on purpose: no JSON, against a rule, or thrown at by a step that is there to throw. */
        REJECTED,
        /** A step failed, or the route ended without having done anything about it. */
        FAILED,
        /** A step failed behind one that was left out here, so that nobody can say what it would have done. */
        UNKNOWN
    }

    static Outcome of(Login login) {
        String position = login.position();
        Rejection rejection = login.rejection();
        if (login.state() == Login.State.FILTERED) {
            return new Outcome(Kind.DROPPED, position, null, null);
        }
        if (rejection == null) {
            return new Outcome(Kind.PASSED, position, null, null);
        }
        Exchange own = login.exchange();
        StepPlace step = own == null ? null : StepNotes.failedAt(own);
        return new Outcome(kind(rejection, own, step), position, step, reason(rejection));
    }

    private static String reason(Rejection rejection) {
        return rejection instanceof Rejection.Failed failed
                ? FailureReport.reason(failed.exception())
                : rejection.reason();
    }

    /**
     * Of a login that has failed while the routes were live.
     *
     * @param rehearsedOrNull what a rehearsal has made of it, which knows the step
     */
    static Outcome failed(Login login, Outcome rehearsedOrNull) {
        StepPlace step = rehearsedOrNull == null ? null : rehearsedOrNull.step();
        return new Outcome(Kind.FAILED, login.position(), step, reason(login.rejection()));
    }

    private static Kind kind(Rejection rejection, Exchange own, StepPlace step) {
        if (!(rejection instanceof Rejection.Failed failed)
                || failed.exception() instanceof PredicateValidationException
                || step != null && step.throwsOnPurpose()) {
            return Kind.REJECTED;
        }
        return own != null && StepNotes.isUncertain(own) ? Kind.UNKNOWN : Kind.FAILED;
    }

    boolean isFailed() {
        return kind == Kind.FAILED;
    }

    boolean isUnknown() {
        return kind == Kind.UNKNOWN;
    }

    boolean isPassed() {
        return kind == Kind.PASSED;
    }

    /** Whether it goes nowhere but, maybe, to the dead letters, and that on purpose. */
    boolean isDropped() {
        return kind == Kind.DROPPED || kind == Kind.REJECTED;
    }
}
