package loginstream.storage.iceberg;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import loginstream.config.reading.Secret;
import loginstream.config.reading.SettingValues;
import loginstream.storage.Gathering;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.aws.AwsClientProperties;
import org.apache.iceberg.aws.HttpClientProperties;
import org.apache.iceberg.aws.s3.S3FileIO;
import org.apache.iceberg.aws.s3.S3FileIOProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;

/**
 * Where the table is, and how it is filled.
 *
 * @param table its namespace and name
 * @param hourly whether its partitions are hours, not days
 * @param gathering how much goes into one snapshot
 * @param history how long snapshots are kept
 */
record IcebergSettings(
        Map<String, String> catalog, TableIdentifier table, boolean hourly, Gathering gathering, Duration history) {
    private static final String PREFIX = "loginstream.sink.iceberg.";
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
    private static final Duration LONGEST_HISTORY = Duration.ofDays(365);
    private static final int MOST_RECORDS = 1_000_000;
    /** A stop has to be over in 30 seconds: nobody is waited for longer than this, nor asked for long. */
    private static final Map<String, String> PATIENCE = Map.of(
            "http-client.type",
            HttpClientProperties.CLIENT_TYPE_URLCONNECTION,
            HttpClientProperties.URLCONNECTION_CONNECTION_TIMEOUT_MS,
            "2000",
            HttpClientProperties.URLCONNECTION_SOCKET_TIMEOUT_MS,
            "5000",
            S3FileIOProperties.S3_RETRY_NUM_RETRIES,
            "2",
            S3FileIOProperties.S3_RETRY_MIN_WAIT_MS,
            "200",
            S3FileIOProperties.S3_RETRY_MAX_WAIT_MS,
            "1000");

    enum Catalog {
        JDBC,
        REST
    }

    enum Partition {
        DAY,
        HOUR
    }

    static IcebergSettings read(SettingValues values) {
        return new IcebergSettings(
                catalog(values),
                values.parsed(PREFIX + "table", IcebergSettings::table, "namespace.table, e.g. loginstream.logins"),
                values.oneOf(PREFIX + "partition", Partition.class) == Partition.HOUR,
                new Gathering(
                        values.integer(PREFIX + "commit-records", 1, MOST_RECORDS),
                        values.duration(PREFIX + "commit-interval", SHORTEST_WAIT, LONGEST_WAIT)),
                values.duration(PREFIX + "history", LONGEST_HISTORY));
    }

    private static Optional<TableIdentifier> table(String name) {
        return Optional.of(name)
                .filter(text -> text.matches("[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)+"))
                .map(TableIdentifier::parse);
    }

    /** As Iceberg names them. */
    private static Map<String, String> catalog(SettingValues values) {
        Map<String, String> properties = new HashMap<>(PATIENCE);
        Secret password = values.secret(PREFIX + "password");
        switch (values.oneOf(PREFIX + "catalog", Catalog.class)) {
            case JDBC -> {
                properties.put(CatalogUtil.ICEBERG_CATALOG_TYPE, CatalogUtil.ICEBERG_CATALOG_TYPE_JDBC);
                properties.put("jdbc.schema-version", "V1");
                putIfSet(properties, JdbcCatalog.PROPERTY_PREFIX + "user", values.text(PREFIX + "username"));
                putIfSet(properties, JdbcCatalog.PROPERTY_PREFIX + "password", password.value());
                properties.put(JdbcCatalog.PROPERTY_PREFIX + "connectTimeout", "2");
                properties.put(JdbcCatalog.PROPERTY_PREFIX + "socketTimeout", "5");
                // A PostgreSQL that answers before it has written may forget a snapshot, whose offsets are committed
                // then.
                properties.put(JdbcCatalog.PROPERTY_PREFIX + "options", "-c synchronous_commit=on");
            }
            case REST -> {
                properties.put(CatalogUtil.ICEBERG_CATALOG_TYPE, CatalogUtil.ICEBERG_CATALOG_TYPE_REST);
                if (!password.value().isEmpty()) {
                    properties.put("credential", values.text(PREFIX + "username") + ":" + password.value());
                }
            }
        }
        properties.put(CatalogProperties.URI, values.nonBlank(PREFIX + "uri"));
        putIfSet(properties, CatalogProperties.WAREHOUSE_LOCATION, values.text(PREFIX + "warehouse"));
        properties.put(CatalogProperties.FILE_IO_IMPL, S3FileIO.class.getName());
        putIfSet(properties, S3FileIOProperties.ENDPOINT, values.text(PREFIX + "s3.endpoint"));
        putIfSet(properties, AwsClientProperties.CLIENT_REGION, values.text(PREFIX + "s3.region"));
        putIfSet(properties, S3FileIOProperties.ACCESS_KEY_ID, values.text(PREFIX + "s3.access-key-id"));
        putIfSet(
                properties,
                S3FileIOProperties.SECRET_ACCESS_KEY,
                values.secret(PREFIX + "s3.secret-access-key").value());
        properties.put(
                S3FileIOProperties.PATH_STYLE_ACCESS, Boolean.toString(values.flag(PREFIX + "s3.path-style-access")));
        return Map.copyOf(properties);
    }

    private static void putIfSet(Map<String, String> properties, String key, String value) {
        if (!value.isEmpty()) {
            properties.put(key, value);
        }
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "Iceberg table " + table;
    }
}
