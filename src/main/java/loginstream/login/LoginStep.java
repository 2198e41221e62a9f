package loginstream.login;

/** What one step of the route does to one login: reject it, filter it out, or add to it. */
@FunctionalInterface
public interface LoginStep {

    /**
     * Handles one login. A bad login is rejected, not thrown; an exception means that the step itself failed, and is
     * tried again under the redelivery policy. So a step may see the same login more than once.
     */
    void apply(Login login) throws Exception;

    /** The same for logins that come together now, be it but one, so that what holds for all of them is found out once. */
    default LoginStep forBatch() {
        return this;
    }

    /** This step and then another, for logins that are still on their way. */
    default LoginStep andThen(LoginStep next) {
        return new LoginStepChain(this, next);
    }
}
