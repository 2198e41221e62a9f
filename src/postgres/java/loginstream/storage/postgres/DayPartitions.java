package loginstream.storage.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import loginstream.kafka.failure.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions of the table: one for each day (UTC) that logins are of, made when it is first needed, and dropped when it is
 * older than what is kept. Days too long ago, or in the future, share one, so that wrong clocks make no tables.
 */
final class DayPartitions {
    private static final Logger LOG = LoggerFactory.getLogger(DayPartitions.class);
    private static final String NAME = "logins_";
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
    /** Rows of days without a partition that are deleted at once. */
    private static final int MOST_DELETED = 50_000;
    /** Nobody else's key. */
    private static final long LOCK = 0x6c6f67696e73L;

    private final Database database;
    private final int days;
    private final int kept;
    private final Clock clock;
    private final Set<LocalDate> known = ConcurrentHashMap.newKeySet();

    DayPartitions(Database database, PostgresSettings settings, Clock clock) {
        this.database = database;
        this.days = settings.dailyPartitions();
        this.kept = settings.retentionDays();
        this.clock = clock;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /** Sees to it that there is a partition for each of these days. */
    void make(Collection<LocalDate> wanted) throws SQLException {
        LocalDate oldest = today().minusDays(days - 1L);
        LocalDate newest = today().plusDays(1);
        for (LocalDate day : wanted) {
            if (!known.contains(day) && !day.isBefore(oldest) && !day.isAfter(newest)) {
                make(day);
            }
        }
    }

    private void make(LocalDate day) throws SQLException {
        String table = NAME + DAY.format(day);
        String sql = "create table if not exists " + table + " partition of logins for values from ('" + day
                + " 00:00+00') to ('" + day.plusDays(1) + " 00:00+00')";
        try {
            database.inTransaction(connection -> execute(connection, sql));
            known.add(day);
        } catch (SQLException e) {
            if (e.getSQLState() != null && SqlFailure.isNoPlace(e)) {
                known.add(day);
                LOG.warn(
                        "logins of {} go to logins_other, as they cannot have a partition: {}", day, Reason.message(e));
            } else if (!SqlFailure.isMadeMeanwhile(e)) {
                throw e;
            }
        }
    }

    /** Makes those of today and tomorrow, before they are needed: at midnight nobody has to wait for them. */
    void makeAhead() throws SQLException {
        make(List.of(today(), today().plusDays(1)));
    }

    /** Drops what is older than what is kept; another process that does so already is left alone. */
    void dropOld() throws SQLException {
        LocalDate oldest = today().minusDays(kept - 1L);
        List<String> old = new ArrayList<>();
        database.inTransaction(connection -> old.addAll(tables(connection)));
        old.removeIf(table -> !dayOf(table).isBefore(oldest));
        for (String table : old) {
            database.inTransaction(connection -> {
                if (!isLocked(connection)) {
                    execute(connection, "drop table if exists " + table);
                    LOG.info("dropped {}, which is older than {} days", table, kept);
                }
            });
        }
        int[] deleted = {MOST_DELETED};
        while (deleted[0] == MOST_DELETED) {
            database.inTransaction(
                    connection -> deleted[0] = isLocked(connection) ? 0 : deleteOthers(connection, oldest));
        }
        known.removeIf(day -> day.isBefore(oldest));
    }

    private static int deleteOthers(Connection connection, LocalDate oldest) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(
                    "delete from logins_other where ctid in (select ctid from logins_other where event_time < '"
                            + oldest + " 00:00+00' limit " + MOST_DELETED + ")");
        }
    }

    private static boolean isLocked(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_try_advisory_xact_lock(?)")) {
            statement.setLong(1, LOCK);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return !result.getBoolean(1);
            }
        }
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                        "select inhrelid::regclass::text from pg_inherits where inhparent = 'logins'::regclass");
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                tables.add(result.getString(1));
            }
        }
        return tables.stream().filter(table -> table.matches(NAME + "[0-9]{8}")).collect(Collectors.toList());
    }

    private static LocalDate dayOf(String table) {
        return LocalDate.parse(table.substring(NAME.length()), DAY);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
