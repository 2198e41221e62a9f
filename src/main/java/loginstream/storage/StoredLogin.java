package loginstream.storage;

import java.io.IOException;
import java.time.Instant;
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
 * @param eventTime when it happened; by it tables are partitioned
 * @param processedTime when the pipeline passed it on, or null
 * @param extensions JSON texts by the names of members that have no column
 */
public record StoredLogin(
        Login login,
        Instant eventTime,
        Instant processedTime,
        Map<String, Object> columns,
        Map<String, String> extensions) {
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
            if (eventTime == null) {
                throw new RefusedRowException(EVENT_TIME + ": missing");
            }
            return new StoredLogin(login, eventTime, instant(flat, PROCESSED_TIME), flat.values(), flat.extensions());
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

    /** The text of a column, or null. */
    public String text(LoginField field) {
        Object value = columns.get(field.jsonName());
        return value == null ? null : value.toString();
    }
}
