package loginstream.storage.iceberg;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import loginstream.storage.RefusedRowException;
import loginstream.storage.StoredLogin;
import loginstream.storage.StoredTime;
import org.apache.avro.util.Utf8;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;

/** Makes rows of logins. Of one thread. */
final class LoginRows {
    /** What every engine reads: the years of SQL. */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private final GenericRecord empty;
    private final int topic;
    private final int partition;
    private final int offset;
    private final TimeColumn eventTime;
    private final TimeColumn processedTime;
    private final int[] texts;
    private final int extensions;

    /**
     * For a table.
     *
     * @param columns of it, which may be more than those of logins, and in any order
     */
    LoginRows(Types.StructType columns) {
        empty = GenericRecord.create(columns);
        topic = place(columns, LoginSchema.TOPIC);
        partition = place(columns, LoginSchema.PARTITION);
        offset = place(columns, LoginSchema.OFFSET);
        eventTime = new TimeColumn(columns, LoginSchema.EVENT_TIME);
        processedTime = new TimeColumn(columns, LoginSchema.PROCESSED_TIME);
        texts = LoginSchema.TEXTS.stream()
                .mapToInt(field -> place(columns, field.jsonName()))
                .toArray();
        extensions = place(columns, LoginSchema.EXTENSIONS);
    }

    private static int place(Types.StructType columns, String name) {
        return columns.fields().indexOf(columns.field(name));
    }

    /**
     * The row of a login.
     *
     * @throws RefusedRowException if a time is beyond what the table holds
     */
    Record of(StoredLogin login) throws RefusedRowException {
        GenericRecord row = empty.copy();
        row.set(topic, login.source().topic());
        row.set(partition, login.source().partition());
        row.set(offset, login.source().offset());
        eventTime.set(row, login.eventTime());
        processedTime.set(row, login.processedTime());
        for (int i = 0; i < texts.length; i++) {
            byte[] text = login.utf8(LoginSchema.TEXTS.get(i));
            row.set(texts[i], text == null ? null : new Utf8(text)); // written as it is
        }
        row.set(extensions, login.extensions());
        return row;
    }

    /** A column of times, of which those that follow each other are the same more often than not. */
    private static final class TimeColumn {
        private final String name;
        private final int place;
        private StoredTime last;
        private OffsetDateTime value;

        TimeColumn(Types.StructType columns, String name) {
            this.name = name;
            this.place = place(columns, name);
        }

        void set(Record row, StoredTime time) throws RefusedRowException {
            if (time == null) {
                return;
            }
            if (time != last) {
                value = value(time.instant());
                last = time;
            }
            row.set(place, value);
        }

        private OffsetDateTime value(Instant time) throws RefusedRowException {
            if (time.isBefore(FIRST) || time.isAfter(LAST)) {
                throw new RefusedRowException(name + ": a time that tables do not hold");
            }
            return time.atOffset(ZoneOffset.UTC);
        }
    }
}
