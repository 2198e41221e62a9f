package loginstream.storage.postgres;

import java.sql.SQLException;
import java.util.Set;
import loginstream.storage.RefusedRowException;
import loginstream.storage.StoreUnavailableException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What an error of the database means, by its code
 * (<a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL Error Codes</a>).
 */
final class SqlFailure {
    /** Data that a type cannot hold; a constraint; more than an index or a row takes; an exception that a trigger raises. */
    private static final Set<String> OF_A_ROW = Set.of("22", "23", "54", "P0");

    private static final String DUPLICATE_TABLE = "42P07";
    private static final String UNIQUE_VIOLATION = "23505";
    /** A violated check; a partition that overlaps; a statement that took too long; a lock that was not to be had. */
    private static final Set<String> NO_PLACE = Set.of("23514", "42P17", "57014", "55P03");

    private SqlFailure() {}

    /** Whether it is for what is in a row. Everything else may pass: outages, locks, deadlocks, a full disk, a right that is missing. */
    static boolean isOfRow(SQLException e) {
        return e.getSQLState() != null
                && e.getSQLState().length() == 5
                && OF_A_ROW.contains(e.getSQLState().substring(0, 2));
    }

    /** Whether somebody else has just made that table. */
    static boolean isMadeMeanwhile(SQLException e) {
        return DUPLICATE_TABLE.equals(e.getSQLState()) || UNIQUE_VIOLATION.equals(e.getSQLState());
    }

    /** Whether a partition could not be made without harm to others: rows of it are elsewhere, or so many that it takes long. */
    static boolean isNoPlace(SQLException e) {
        return NO_PLACE.contains(e.getSQLState());
    }

    static RefusedRowException refused(SQLException e) {
        return new RefusedRowException("the database refuses it: " + message(e));
    }

    static StoreUnavailableException unavailable(Exception e) {
        return new StoreUnavailableException("the database stores nothing for now: " + message(e));
    }

    /** The database's own words, or those of the innermost cause. */
    private static String message(Exception e) {
        Throwable telling = e;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof PSQLException server && server.getServerErrorMessage() != null) {
                ServerErrorMessage told = server.getServerErrorMessage();
                return told.getMessage() + " (" + told.getSQLState() + ")";
            }
            if (cause.getMessage() != null) {
                telling = cause;
            }
        }
        return String.valueOf(telling.getMessage()).replaceAll("\\s+", " ");
    }
}
