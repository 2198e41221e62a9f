package loginstream.storage.iceberg;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import loginstream.login.LoginField;
import loginstream.storage.RefusedRowException;
import loginstream.storage.StoredLogin;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;

/** The columns of the table. Others may be added to it; they stay empty for what is stored here. */
final class LoginSchema {
    static final String TOPIC = "topic";
    static final String PARTITION = "partition";
    static final String OFFSET = "offset";
    static final String EVENT_TIME = "event_time";
    private static final String PROCESSED_TIME = "processed_time";
    private static final String EXTENSIONS = "extensions";

    private static final OffsetDateTime EPOCH = Instant.EPOCH.atOffset(ZoneOffset.UTC);
    /** What every engine reads: the years of SQL. */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private static final List<LoginField> TEXTS = LoginField.all().stream()
            .filter(field -> field != LoginField.TIMESTAMP)
            .toList();

    /** What a table is made with. */
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

    private LoginSchema() {}

    static PartitionSpec partitions(boolean hourly) {
        PartitionSpec.Builder builder = PartitionSpec.builderFor(SCHEMA);
        return (hourly ? builder.hour(EVENT_TIME) : builder.day(EVENT_TIME)).build();
    }

    /**
     * The row of a login.
     *
     * @param columns of the table, which may have more
     * @throws RefusedRowException if a time is beyond what the table holds
     */
    static Record row(StoredLogin login, Types.StructType columns) throws RefusedRowException {
        GenericRecord row = GenericRecord.create(columns);
        row.setField(TOPIC, login.source().topic());
        row.setField(PARTITION, login.source().partition());
        row.setField(OFFSET, login.source().offset());
        row.setField(EVENT_TIME, time(EVENT_TIME, login.eventTime()));
        row.setField(PROCESSED_TIME, time(PROCESSED_TIME, login.processedTime()));
        for (LoginField field : TEXTS) {
            row.setField(field.jsonName(), login.text(field));
        }
        row.setField(EXTENSIONS, login.extensions());
        return row;
    }

    private static OffsetDateTime time(String column, String text) throws RefusedRowException {
        if (text == null) {
            return null;
        }
        Instant time = Instant.parse(text);
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw new RefusedRowException(column + ": a time that tables do not hold");
        }
        return time.atOffset(ZoneOffset.UTC);
    }

    /** When a row's login happened, as the table holds it: microseconds since 1970. */
    static long eventMicros(Record row) {
        return ChronoUnit.MICROS.between(EPOCH, (OffsetDateTime) row.getField(EVENT_TIME));
    }
}
