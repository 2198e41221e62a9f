package loginstream.storage.postgres;

import java.time.Clock;
import loginstream.config.reading.SettingValues;
import loginstream.storage.LoginStore;
import loginstream.storage.Sink;
import org.apache.camel.RoutesBuilder;

/** Keeps logins in a PostgreSQL database. */
public final class PostgresSink implements Sink {
    static final String NAME = "postgres";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public RoutesBuilder route() {
        return new PostgresRoute();
    }

    @Override
    public LoginStore open(SettingValues settings) {
        return new PostgresStore(PostgresSettings.read(settings), Clock.systemUTC());
    }
}
