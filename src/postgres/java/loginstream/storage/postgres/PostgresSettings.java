package loginstream.storage.postgres;

import java.util.Optional;
import loginstream.config.reading.Secret;
import loginstream.config.reading.SettingValues;

/**
 * How to reach the database, and how long logins stay there.
 *
 * @param url of the PostgreSQL driver
 * @param dailyPartitions days back from today that have partitions of their own, 1 to 3650
 * @param retentionDays days that are kept; 0 for all
 */
record PostgresSettings(String url, String username, Secret password, int dailyPartitions, int retentionDays) {
    private static final int TEN_YEARS = 3650;
    private static final String PREFIX = "loginstream.sink.postgres.";

    static PostgresSettings read(SettingValues values) {
        return new PostgresSettings(
                values.parsed(
                        PREFIX + "url",
                        url -> Optional.of(url).filter(text -> text.startsWith("jdbc:postgresql:")),
                        "jdbc:postgresql://host:port/database"),
                values.nonBlank(PREFIX + "username"),
                values.secret(PREFIX + "password"),
                values.integer(PREFIX + "daily-partitions", 1, TEN_YEARS),
                values.integer(PREFIX + "retention-days", 0, TEN_YEARS));
    }
}
