package loginstream.storage.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Connections to the database, whose tables are brought up to date before the first one. Of several threads. */
final class Database implements AutoCloseable {
    /** How long to wait for a connection. */
    private static final Duration CONNECT = Duration.ofSeconds(2);
    /** How long an answer may take before the connection counts as lost; longer than a statement may. */
    private static final Duration ANSWER = Duration.ofSeconds(18);
    /**
     * A stop has to be over in 30 seconds, also where a statement hangs. And what has committed is to be on the server's disk,
     * also where it is set up to answer before that.
     */
    private static final String LIMITS = "set statement_timeout = '15s'; set lock_timeout = '5s'; set timezone = 'UTC';"
            + " select set_config('synchronous_commit', 'on', false)"
            + " where current_setting('synchronous_commit') = 'off'";

    private final HikariDataSource pool;
    private boolean migrated;

    Database(PostgresSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("loginstream-postgres");
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.username());
        config.setPassword(settings.password().value());
        config.setMaximumPoolSize(settings.consumers() + 2);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(CONNECT.toMillis());
        config.setInitializationFailTimeout(-1); // it need not be there yet
        config.setAutoCommit(false);
        config.setConnectionInitSql(LIMITS);
        config.setIsolateInternalQueries(true); // else they would be undone with the first transaction that is
        config.addDataSourceProperty("ApplicationName", "loginstream");
        config.addDataSourceProperty("connectTimeout", Long.toString(CONNECT.toSeconds()));
        config.addDataSourceProperty("socketTimeout", Long.toString(ANSWER.toSeconds()));
        pool = new HikariDataSource(config);
    }

    /** What is done in one transaction. */
    interface Work {
        void with(Connection connection) throws SQLException;
    }

    /** Does it, and commits; or rolls back. */
    void inTransaction(Work work) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            try {
                work.with(connection);
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                rollback(connection, e);
                throw e;
            }
        }
    }

    private static void rollback(Connection connection, Exception reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e); // the connection is lost, and with it the transaction
        }
    }

    /**
     * Makes the tables, or brings them up to date.
     *
     * @throws FlywayException if that does not work, whatever the reason
     */
    synchronized void migrate() {
        if (!migrated) {
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(pool)
                    .locations("classpath:loginstream/storage/postgres/migration")
                    .table("loginstream_migrations")
                    .baselineOnMigrate(true) // the schema may hold other tables
                    .baselineVersion("0")
                    .load()
                    .migrate();
            migrated = true;
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
