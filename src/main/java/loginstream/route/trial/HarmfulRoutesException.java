package loginstream.route.trial;

import java.util.List;
import java.util.stream.Collectors;

/** Routes that can be built, but would harm logins. */
public final class HarmfulRoutesException extends UnusableRoutesException {
    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;

    HarmfulRoutesException(List<Finding> findings) {
        super("in the rehearsal: " + findings.stream().map(Finding::toString).collect(Collectors.joining("; ")));
        this.findings = List.copyOf(findings);
    }

    /** What they would do; never empty. */
    public List<Finding> findings() {
        return findings;
    }
}
