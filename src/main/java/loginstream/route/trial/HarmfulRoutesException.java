package loginstream.route.trial;

import java.util.List;
import loginstream.route.stage.UnusableRoutesException;

/** Routes that can be built, but would harm logins. */
public final class HarmfulRoutesException extends UnusableRoutesException {
    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;

    HarmfulRoutesException(List<Finding> findings) {
        super("in the rehearsal with logins that pass now: " + Finding.list(findings));
        this.findings = List.copyOf(findings);
    }

    /** What they would do; never empty. */
    public List<Finding> findings() {
        return findings;
    }
}
