package loginstream.storage;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import loginstream.login.Login;
import loginstream.login.LoginField;
import loginstream.schema.FlatLogin;
import loginstream.schema.SchemaMismatchException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A processed login as tables hold it: its position in Kafka, which tells it from every other one, a column for each member
 * that the pipeline knows, and every other member as JSON text.
 *
 * @param login what it was made of
 * @param eventDay (UTC) on which it happened; by it tables are partitioned
 * @param columns by the names of members
 * @param extensions JSON texts by the names of members that have no column
 */
public record StoredLogin(
        Login login, LocalDate eventDay, Map<String, Object> columns, Map<String, String> extensions) {
    private static final String EVENT_TIME = "event_time";
    private static final String PROCESSED_TIME = "processed_time";
    private static final Map<String, FlatLogin.Kind> KINDS = kinds();

    private static Map<String, FlatLogin.Kind> kinds() {
        Map<String, FlatLogin.Kind> kinds = new HashMap<>();
        LoginField.all().forEach(field -> kinds.put(field.jsonName(), FlatLogin.Kind.STRING));
        kinds.put(LoginField.TIMESTAMP.jsonName(), FlatLogin.Kind.LONG);
        kinds.put(EVENT_TIME, FlatLogin.Kind.STRING);
        kinds.put(PROCESSED_TIME, FlatLogin.Kind.STRING);
        return kinds;
    }

    /**
     * Makes one of a login as it stands now.
     *
     * @throws RefusedRowException if a member is not what its column holds, with the name of the member
     */
    public static StoredLogin of(Login login) throws RefusedRowException {
        try {
            FlatLogin flat = FlatLogin.of(login.value(), KINDS);
            Instant eventTime = instant(flat, EVENT_TIME);
            if (eventTime == null && login.source().timestamp() < 0) {
                throw new RefusedRowException(EVENT_TIME + ": missing");
            }
            if (eventTime == null) { // the pipeline may be told not to ask for a timestamp
                eventTime = Instant.ofEpochMilli(login.source().timestamp());
                flat.values().put(EVENT_TIME, eventTime.toString());
            }
            instant(flat, PROCESSED_TIME);
            return new StoredLogin(
                    login, LocalDate.ofInstant(eventTime, ZoneOffset.UTC), flat.values(), flat.extensions());
        } catch (SchemaMismatchException e) {
            throw new RefusedRowException(e.getMessage());
        } catch (IOException e) {
            throw new RefusedRowException("not a JSON object");
        }
    }

    private static Instant instant(FlatLogin flat, String name) throws RefusedRowException {
        String text = (String) flat.values().get(name);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new RefusedRowException(name + ": not a time in ISO-8601");
        }
    }

    /** The record that it was consumed as. */
    public ConsumerRecord<byte[], byte[]> source() {
        return login.source();
    }

    /** When it happened, in ISO-8601; where the login does not say so, the time of its record. */
    public String eventTime() {
        return (String) columns.get(EVENT_TIME);
    }

    /** When the pipeline passed it on, in ISO-8601, or null. */
    public String processedTime() {
        return (String) columns.get(PROCESSED_TIME);
    }

    /** The text of a column, or null. */
    public String text(LoginField field) {
        Object value = columns.get(field.jsonName());
        return value == null ? null : value.toString();
    }
}
