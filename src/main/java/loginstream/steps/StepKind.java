package loginstream.steps;

/** What has to be seen to around a step that is run for one login. */
enum StepKind {
    /** Sets one thing or nothing: leaves nothing behind when it fails, and sends nothing. */
    LEAF(false, false),
    /** Anything that users write or that has steps within it. */
    ANY(true, true),
    /** Sends to endpoints that may be mocks in a test. */
    SENDING(true, true),
    /** Hands a copy of the exchange to another thread, which goes on with it outside of the transaction. */
    OUTSIDE(true, true);

    private final boolean mayLeaveHeaders;
    private final boolean observed;

    StepKind(boolean mayLeaveHeaders, boolean observed) {
        this.mayLeaveHeaders = mayLeaveHeaders;
        this.observed = observed;
    }

    boolean mayLeaveHeaders() {
        return mayLeaveHeaders;
    }

    boolean isObserved() {
        return observed;
    }
}
