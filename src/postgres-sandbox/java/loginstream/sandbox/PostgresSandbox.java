package loginstream.sandbox;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import loginstream.StoreSandbox;
import loginstream.config.reading.InvalidSettingException;

/** An embedded PostgreSQL, on localhost. */
public final class PostgresSandbox implements StoreSandbox {
    private static final int PORT = 25_432;

    private EmbeddedPostgres postgres;

    @Override
    public String sink() {
        return "postgres";
    }

    @Override
    public Map<String, String> start() {
        FreePort.require(
                PORT,
                () -> "the port " + PORT + " of the sandbox's PostgreSQL is taken: stop what listens there, or"
                        + " set SANDBOX_STORES=false");
        try {
            postgres = EmbeddedPostgres.builder()
                    .setPort(PORT)
                    .setPGStartupWait(Duration.ofMinutes(1))
                    .setRegisterShutdownHook(false)
                    .start();
        } catch (IOException | IllegalStateException e) {
            throw new InvalidSettingException("no PostgreSQL on port " + PORT + ": " + e.getMessage());
        }
        return Map.of(
                "loginstream.sink.postgres.url",
                "jdbc:postgresql://localhost:" + PORT + "/postgres",
                "loginstream.sink.postgres.username",
                "postgres");
    }

    @Override
    public String tryNext() {
        return "psql -h localhost -p " + PORT + " -U postgres -c 'select * from logins_by_device'";
    }

    @Override
    public void close() {
        if (postgres == null) {
            return;
        }
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
