package loginstream.login;

import java.time.Clock;
import loginstream.config.Settings;
import loginstream.enrichment.LoginEnricher;
import loginstream.validation.LoginValidator;

/**
 * The steps of the route on one record, without Camel: so that a contender that is not Camel can be given the very same
 * classes. In this package because what the steps leave in a login is nobody else's business.
 */
public final class RecordSteps implements LoginStep {
    private final LoginParser parser;
    private final LoginStep checked;
    private final LoginWriter writer = new LoginWriter();

    public RecordSteps(Settings settings) {
        Clock clock = Clock.systemUTC();
        parser = new LoginParser(settings.maxRecordBytes());
        checked = new LoginValidator(settings.validation(), settings.pii()::isShown, clock)
                .andThen(new LoginEnricher(clock));
    }

    /** Parses, validates, enriches, writes; the login is then open with its JSON, or filtered, or rejected. */
    @Override
    public void apply(Login login) throws Exception {
        byte[] value = login.source().value();
        if (value == null) {
            login.filterOut();
            return;
        }
        try {
            login.parsed(parser.parse(value));
        } catch (UnparseableLoginException e) {
            login.reject(new Rejection.Unparseable(e));
            return;
        }
        checked.apply(login);
        if (login.isOpen()) {
            login.marshalled(writer.write(login));
        }
    }
}
