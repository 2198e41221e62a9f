package loginstream.storage.iceberg;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import loginstream.login.LoginField;
import loginstream.storage.StoredLogin;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;

/** The columns of the table. Others may be added to it; they stay empty for what is stored here. */
final class LoginSchema {
    static final String TOPIC = "topic";
    static final String PARTITION = "partition";
    static final String OFFSET = "offset";
    static final String EVENT_TIME = StoredLogin.EVENT_TIME;
    static final String PROCESSED_TIME = StoredLogin.PROCESSED_TIME;
    static final String EXTENSIONS = "extensions";

    private static final OffsetDateTime EPOCH = Instant.EPOCH.atOffset(ZoneOffset.UTC);
    /** Those of which each has a column of its own, of text. */
    static final List<LoginField> TEXTS = LoginField.all().stream()
            .filter(field -> field != LoginField.TIMESTAMP)
            .toList();

    /** The columns it is made with. */
    static final Schema SCHEMA = new Schema(
            required(1, TOPIC, Types.StringType.get(), "of the record in Kafka"),
            required(2, PARTITION, Types.IntegerType.get(), "of the record in Kafka"),
            required(3, OFFSET, Types.LongType.get(), "of the record in Kafka"),
            required(4, EVENT_TIME, Types.TimestampType.withZone(), "when it happened"),
            optional(5, PROCESSED_TIME, Types.TimestampType.withZone(), "when the pipeline passed it on"),
            optional(6, LoginField.USER_ID.jsonName(), Types.StringType.get()),
            optional(7, LoginField.DEVICE_ID.jsonName(), Types.StringType.get()),
            optional(8, LoginField.DEVICE_TYPE.jsonName(), Types.StringType.get()),
            optional(9, LoginField.IP.jsonName(), Types.StringType.get()),
            optional(10, LoginField.LOCALE.jsonName(), Types.StringType.get()),
            optional(11, LoginField.APP_VERSION.jsonName(), Types.StringType.get()),
            optional(
                    12,
                    EXTENSIONS,
                    Types.MapType.ofRequired(13, 14, Types.StringType.get(), Types.StringType.get()),
                    "every other member, as JSON text"));

    /** What a table is made with, and who owns it may change. */
    static final Map<String, String> PROPERTIES = properties();

    private LoginSchema() {}

    private static Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>(Map.of(
                TableProperties.PARQUET_COMPRESSION, "zstd",
                TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true",
                TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, "20"));
        // Nearly every value of these is another one, so that dictionaries of them are made in vain.
        for (String column : List.of(
                OFFSET, LoginField.USER_ID.jsonName(), LoginField.DEVICE_ID.jsonName(), LoginField.IP.jsonName())) {
            properties.put(TableProperties.PARQUET_DICT_ENCODING_ENABLED_COLUMN_PREFIX + column, "false");
        }
        return Map.copyOf(properties);
    }

    static PartitionSpec partitions(boolean hourly) {
        PartitionSpec.Builder builder = PartitionSpec.builderFor(SCHEMA);
        return (hourly ? builder.hour(EVENT_TIME) : builder.day(EVENT_TIME)).build();
    }

    /** When a row's login happened. */
    static OffsetDateTime eventTime(Record row) {
        return (OffsetDateTime) row.getField(EVENT_TIME);
    }

    /** The same as the table holds it: microseconds since 1970. */
    static long eventMicros(Record row) {
        return ChronoUnit.MICROS.between(EPOCH, eventTime(row));
    }
}
