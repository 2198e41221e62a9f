package loginstream.validation;

import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import loginstream.login.Login;
import loginstream.login.LoginField;
import loginstream.login.LoginMembers;
import loginstream.login.LoginMembers.Kind;
import loginstream.login.LoginStep;
import loginstream.login.Rejection;
import loginstream.login.TextSpan;
import loginstream.login.Violation;

/** Rejects logins that break rules, with every violation, not only the first. */
public final class LoginValidator implements LoginStep {
    private final Rule[] rules = new Rule[LoginField.all().size()];
    private final boolean[] required = new boolean[rules.length];
    private final boolean[] quoted = new boolean[rules.length];
    private final TimestampRule timestamps;

    /**
     * @param mayQuote whether a reason may hold what is in a field
     */
    public LoginValidator(ValidationSettings settings, Predicate<LoginField> mayQuote, Clock clock) {
        timestamps = new TimestampRule(clock, settings.maxClockSkew());
        Map<LoginField, Rule> all = new EnumMap<>(LoginField.class);
        all.put(LoginField.USER_ID, new UuidRule());
        all.put(LoginField.APP_VERSION, new AppVersionRule());
        all.put(LoginField.DEVICE_TYPE, new TextRule(64));
        all.put(LoginField.IP, new IpAddressRule());
        all.put(LoginField.LOCALE, new LocaleRule());
        all.put(LoginField.DEVICE_ID, new TextRule(128));
        all.put(LoginField.TIMESTAMP, timestamps);
        all.forEach((field, rule) -> rules[field.ordinal()] = rule);
        LoginField.all().forEach(field -> quoted[field.ordinal()] = mayQuote.test(field));
        settings.required().forEach(field -> required[field.ordinal()] = true);
    }

    @Override
    public LoginStep forBatch() {
        timestamps.lookAtClock();
        TextSpan span = new TextSpan();
        return login -> apply(login, span);
    }

    @Override
    public void apply(Login login) {
        apply(login, new TextSpan());
    }

    private void apply(Login login, TextSpan span) {
        List<Violation> violations = null;
        for (LoginField field : LoginField.all()) {
            String reason = check(field, login.members(), span);
            if (reason != null) {
                if (violations == null) {
                    violations = new ArrayList<>(2);
                }
                violations.add(new Violation(field, reason));
            }
        }
        if (violations != null) {
            login.reject(new Rejection.Invalid(violations));
        }
    }

    private String check(LoginField field, LoginMembers members, TextSpan span) {
        Kind kind = members.kind(field);
        return switch (kind) {
            case ABSENT -> required[field.ordinal()] ? "missing" : null;
            case NULL -> required[field.ordinal()] ? "null" : null;
            default -> discreet(field, rules[field.ordinal()].violation(kind, members.text(field, span)));
        };
    }

    /** What a reason quotes comes after its first colon. */
    private String discreet(LoginField field, String reason) {
        return reason == null || quoted[field.ordinal()] ? reason : reason.split(":", 2)[0];
    }
}
