package loginstream.route;

import loginstream.login.Login;
import loginstream.login.LoginStep;

/** Fails as often as it is told, and then no more. */
final class FailingStep implements LoginStep {
    private int left;
    private int calls;

    void failTimes(int times) {
        left = times;
    }

    int calls() {
        return calls;
    }

    @Override
    public void apply(Login login) {
        calls++;
        if (left > 0) {
            left--;
            throw new IllegalStateException("no database");
        }
    }
}
