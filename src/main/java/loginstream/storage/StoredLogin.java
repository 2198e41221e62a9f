package loginstream.storage;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
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
 * @param eventTime when it happened; where the login does not say so, the time of its record
 * @param processedTime when the pipeline passed it on, or null
 * @param texts of the members that the pipeline knows, but for the timestamp, which is the time when it happened
 * @param extensions JSON texts by the names of members that have no column
 */
public record StoredLogin(
        Login login,
        StoredTime eventTime,
        StoredTime processedTime,
        Map<LoginField, String> texts,
        Map<String, String> extensions) {
    public static final String EVENT_TIME = "event_time";
    public static final String PROCESSED_TIME = "processed_time";
    private static final Map<String, FlatLogin.Kind> KINDS = kinds();
    private static final StoredTime.Reader EVENT_TIMES = new StoredTime.Reader(EVENT_TIME);
    private static final StoredTime.Reader PROCESSED_TIMES = new StoredTime.Reader(PROCESSED_TIME);

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
            String processedTime = (String) flat.values().get(PROCESSED_TIME);
            return new StoredLogin(
                    login,
                    eventTime(flat, login.source()),
                    processedTime == null ? null : PROCESSED_TIMES.read(processedTime),
                    texts(flat),
                    flat.extensions());
        } catch (SchemaMismatchException e) {
            throw new RefusedRowException(e.getMessage());
        } catch (IOException e) {
            throw new RefusedRowException("not a JSON object");
        }
    }

    /** The pipeline may be told not to ask for a timestamp. */
    private static StoredTime eventTime(FlatLogin flat, ConsumerRecord<?, ?> source) throws RefusedRowException {
        String text = (String) flat.values().get(EVENT_TIME);
        if (text != null) {
            return EVENT_TIMES.read(text);
        }
        if (source.timestamp() < 0) {
            throw new RefusedRowException(EVENT_TIME + ": missing");
        }
        Instant instant = Instant.ofEpochMilli(source.timestamp());
        return new StoredTime(instant.toString(), instant);
    }

    private static Map<LoginField, String> texts(FlatLogin flat) {
        Map<LoginField, String> texts = new EnumMap<>(LoginField.class);
        for (LoginField field : LoginField.all()) {
            if (flat.values().get(field.jsonName()) instanceof String text) {
                texts.put(field, text);
            }
        }
        return texts;
    }

    /** The record that it was consumed as. */
    public ConsumerRecord<byte[], byte[]> source() {
        return login.source();
    }

    /** The day (UTC) on which it happened; by it tables are partitioned. */
    public LocalDate eventDay() {
        return LocalDate.ofInstant(eventTime.instant(), ZoneOffset.UTC);
    }

    /** The text of a member, or null. */
    public String text(LoginField field) {
        return texts.get(field);
    }
}
