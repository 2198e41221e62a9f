package loginstream.deadletter.store;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import loginstream.login.LoginField;

/** The rules in a reason, without the values that broke them: so that what is alike can be counted together. */
final class ReasonRules {
    private static final String FIELD =
            "(?:" + LoginField.names().replace(",", "|").replace(" ", "") + "): ";
    /** One violation: field and rule, the value in quotes where it is told, and the end or the next field. */
    private static final Pattern VIOLATION =
            Pattern.compile("(" + FIELD + "[^\"]+?)(?:: \".*?\")?(?:; (?=" + FIELD + ")|$)", Pattern.DOTALL);

    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|'[^']*'");
    private static final Pattern DIGITS = Pattern.compile("(?<![A-Za-z0-9]-|[A-Za-z0-9])[0-9]+");
    private static final int LONGEST = 160;

    private ReasonRules() {}

    /** Never empty: of a reason that is no list of violations, its text with values and numbers taken out. */
    static List<String> of(String reason) {
        List<String> rules = new ArrayList<>();
        Matcher violation = VIOLATION.matcher(reason);
        int end = 0;
        while (violation.lookingAt()) {
            rules.add(violation.group(1));
            end = violation.end();
            violation.region(end, reason.length());
        }
        return end > 0 && end == reason.length() ? rules.stream().distinct().toList() : List.of(withoutValues(reason));
    }

    private static String withoutValues(String reason) {
        if (reason.isEmpty()) {
            return "(no reason)";
        }
        String text = DIGITS.matcher(QUOTED.matcher(reason).replaceAll("…")).replaceAll("N");
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
