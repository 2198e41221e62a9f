package loginstream.storage.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import loginstream.kafka.failure.Reason;
import loginstream.login.Login;
import loginstream.storage.LoginStore;
import loginstream.storage.RefusedRowException;
import loginstream.storage.StoreTransaction;
import loginstream.storage.StoreUnavailableException;
import loginstream.storage.StoredLogin;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logins as rows of a table whose key is the position of the record in Kafka. A batch is one {@code COPY}; where that meets a
 * row that is there already, from a try before, the batch is copied aside and what is missing taken from there. A row that
 * the database refuses is found by halves, so that the others get in.
 */
final class PostgresStore implements LoginStore {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresStore.class);
    private static final int CARE_MINUTES = 10;
    private static final String COPY = "copy logins (" + CopyText.COLUMNS + ") from stdin";
    private static final String ASIDE = "create temporary table incoming on commit drop as select " + CopyText.COLUMNS
            + " from logins with no data";
    private static final String COPY_ASIDE = "copy incoming (" + CopyText.COLUMNS + ") from stdin";
    private static final String TAKE = "insert into logins (" + CopyText.COLUMNS + ") select " + CopyText.COLUMNS
            + " from incoming on conflict (event_time, topic, \"partition\", \"offset\") do nothing";

    private final Database database;
    private final DayPartitions partitions;
    private final boolean retains;
    private ScheduledExecutorService care;

    PostgresStore(PostgresSettings settings, Clock clock) {
        database = new Database(settings);
        partitions = new DayPartitions(database, settings, clock);
        retains = settings.retentionDays() > 0;
    }

    @Override
    public synchronized void lookAfter() {
        care = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "partitions");
            thread.setDaemon(true);
            return thread;
        });
        care.scheduleWithFixedDelay(this::takeCare, 0, CARE_MINUTES, TimeUnit.MINUTES);
    }

    private void takeCare() {
        try {
            database.migrate();
            partitions.makeAhead();
        } catch (SQLException | RuntimeException e) {
            return; // whoever stores is told as well
        }
        try {
            if (retains) {
                partitions.dropOld();
            }
        } catch (SQLException | RuntimeException e) {
            LOG.warn("old logins are not dropped for now: {}", Reason.message(e));
        }
    }

    /** A login as it is sent to the database. */
    private record Row(Login login, byte[] line) {}

    /** Each batch commits by itself: so many rows at once take no longer. */
    @Override
    public StoreTransaction begin() {
        return this::store;
    }

    private void store(List<Login> logins, BiConsumer<Login, Exception> refused) {
        List<Row> rows = new ArrayList<>(logins.size());
        Set<LocalDate> days = new HashSet<>();
        for (Login login : logins) {
            try {
                StoredLogin stored = StoredLogin.of(login);
                rows.add(new Row(login, CopyText.line(stored)));
                days.add(stored.eventDay());
            } catch (RefusedRowException e) {
                refused.accept(login, e);
            }
        }
        try {
            database.migrate();
            partitions.make(days);
            insert(rows, refused);
        } catch (SQLException | FlywayException e) {
            throw SqlFailure.unavailable(e);
        }
    }

    private void insert(List<Row> rows, BiConsumer<Login, Exception> refused) throws SQLException {
        try {
            database.inTransaction(connection -> copy(connection, COPY, rows));
        } catch (SQLException e) {
            if (!SqlFailure.isOfRow(e)) {
                throw e;
            }
            take(rows, refused);
        }
    }

    /** What is there already stays as it is. */
    private void take(List<Row> rows, BiConsumer<Login, Exception> refused) throws SQLException {
        try {
            database.inTransaction(connection -> {
                execute(connection, ASIDE);
                copy(connection, COPY_ASIDE, rows);
                execute(connection, TAKE);
            });
        } catch (SQLException e) {
            if (!SqlFailure.isOfRow(e)) {
                throw e;
            }
            if (rows.size() == 1) {
                refused.accept(rows.get(0).login(), SqlFailure.refused(e));
            } else {
                int half = rows.size() / 2;
                take(rows.subList(0, half), refused);
                take(rows.subList(half, rows.size()), refused);
            }
        }
    }

    private static void copy(Connection connection, String sql, List<Row> rows) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        try {
            byte[] lines = CopyText.joined(rows.stream().map(Row::line)::iterator);
            copy.writeToCopy(lines, 0, lines.length);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Changes nothing. */
    @Override
    public void requireAvailable() {
        try {
            database.inTransaction(PostgresStore::requireTables);
        } catch (SQLException e) {
            throw SqlFailure.unavailable(e);
        }
    }

    private static void requireTables(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select to_regclass('logins') is not null,"
                        + " has_schema_privilege(current_schema(), 'create'), current_schema()")) {
            result.next();
            if (!result.getBoolean(2)) {
                throw new StoreUnavailableException(
                        "the database stores nothing for now: no right to create tables in schema "
                                + result.getString(3));
            }
            if (!result.getBoolean(1)) {
                return; // they are made with the first login
            }
        }
        execute(connection, ASIDE);
    }

    @Override
    public synchronized void close() {
        if (care != null) {
            care.shutdownNow();
        }
        database.close();
    }

    @Override
    public String toString() {
        return "PostgreSQL";
    }
}
