package loginstream.storage.postgres;

import java.util.Properties;
import loginstream.config.reading.Secret;
import loginstream.config.reading.SettingValues;
import org.postgresql.Driver;

/**
 * How to reach the database, and how long logins stay there.
 *
 * @param url of the PostgreSQL driver
 * @param dailyPartitions days back from today that have partitions of their own, 1 to 3650
 * @param retentionDays days that are kept; 0 for all
 * @param consumers threads that store at once
 */
record PostgresSettings(
        String url, String username, Secret password, int dailyPartitions, int retentionDays, int consumers) {
    private static final int TEN_YEARS = 3650;
    private static final int MOST_CONSUMERS = 256;
    private static final String PREFIX = "loginstream.sink.postgres.";

    static PostgresSettings read(SettingValues values) {
        return new PostgresSettings(
                url(values),
                values.nonBlank(PREFIX + "username"),
                values.secret(PREFIX + "password"),
                values.integer(PREFIX + "daily-partitions", 1, TEN_YEARS),
                values.integer(PREFIX + "retention-days", 0, TEN_YEARS),
                values.integer("loginstream.consumers", 1, MOST_CONSUMERS));
    }

    /** As the driver reads it. What is wrong is not shown: it may hold a password. */
    private static String url(SettingValues values) {
        String url = values.text(PREFIX + "url");
        Properties parts = Driver.parseURL(url, new Properties());
        if (parts == null || parts.containsKey("password")) {
            values.problems()
                    .add(PREFIX
                            + "url cannot be used: jdbc:postgresql://host:port/database, with options after a question"
                            + " mark; the password has a setting of its own");
        }
        return url;
    }
}
