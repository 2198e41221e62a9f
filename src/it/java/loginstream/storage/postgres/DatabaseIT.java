package loginstream.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import loginstream.config.reading.Secret;
import loginstream.fixture.PostgresServer;
import org.junit.jupiter.api.Test;

class DatabaseIT {

    @Test
    void theLimitsOfASessionOutlastATransactionThatIsRolledBack() throws Exception {
        try (PostgresServer server = new PostgresServer();
                Database database = new Database(
                        new PostgresSettings(server.freshDatabase(), "postgres", new Secret(""), 1, 0, 1))) {
            // Given
            assertThatThrownBy(() -> database.inTransaction(connection -> {
                        throw new SQLException("rolled back");
                    }))
                    .hasMessage("rolled back");

            // When
            List<String> limits = new ArrayList<>();
            database.inTransaction(connection -> {
                try (Statement statement = connection.createStatement();
                        ResultSet result = statement.executeQuery(
                                "select current_setting('statement_timeout') || current_setting('lock_timeout')"
                                        + " || current_setting('synchronous_commit')")) {
                    result.next();
                    limits.add(result.getString(1));
                }
            });

            // Then
            assertThat(limits).containsExactly("15s5son");
        }
    }
}
