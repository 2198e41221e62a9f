package loginstream.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import loginstream.login.Login;
import loginstream.login.LoginField;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A processed login as tables hold it: its position in Kafka, which tells it from every other one, a column for each member
 * that the pipeline knows, and every other member as JSON text.
 */
public final class StoredLogin {
    public static final String EVENT_TIME = "event_time";
    public static final String PROCESSED_TIME = "processed_time";
    private static final StoredTime.Reader EVENT_TIMES = new StoredTime.Reader(EVENT_TIME);
    private static final StoredTime.Reader PROCESSED_TIMES = new StoredTime.Reader(PROCESSED_TIME);

    private final Login login;
    private final StoredMembers members;
    private final StoredTime eventTime;
    private final StoredTime processedTime;

    private StoredLogin(Login login, StoredMembers members) throws RefusedRowException {
        this.login = login;
        this.members = members;
        this.eventTime = members.eventTime() == null ? timeOf(login.source()) : EVENT_TIMES.read(members.eventTime());
        this.processedTime = members.processedTime() == null ? null : PROCESSED_TIMES.read(members.processedTime());
    }

    /**
     * Makes one of a login as it stands now.
     *
     * @throws RefusedRowException if a member is not what its column holds, with the name of the member
     */
    public static StoredLogin of(Login login) throws RefusedRowException {
        try {
            return new StoredLogin(login, StoredMembers.of(login));
        } catch (IOException e) {
            throw new RefusedRowException("not a JSON object");
        }
    }

    private static StoredTime timeOf(ConsumerRecord<?, ?> source) throws RefusedRowException {
        if (source.timestamp() < 0) {
            throw new RefusedRowException(EVENT_TIME + ": missing");
        }
        Instant instant = Instant.ofEpochMilli(source.timestamp());
        return new StoredTime(instant.toString(), instant);
    }

    /** What it was made of. */
    public Login login() {
        return login;
    }

    /** The record that it was consumed as. */
    public ConsumerRecord<byte[], byte[]> source() {
        return login.source();
    }

    /** When it happened; where the login does not say so (the pipeline may be told not to ask), the time of its record. */
    public StoredTime eventTime() {
        return eventTime;
    }

    /** The day (UTC) on which it happened; by it tables are partitioned. */
    public LocalDate eventDay() {
        return LocalDate.ofInstant(eventTime.instant(), ZoneOffset.UTC);
    }

    /** When the pipeline passed it on, or null. */
    public StoredTime processedTime() {
        return processedTime;
    }

    /** The text of a member, or null; of the timestamp none, which is the time when it happened. */
    public String text(LoginField field) {
        byte[] text = members.utf8(field);
        return text == null ? null : new String(text, StandardCharsets.UTF_8);
    }

    /** The same in UTF-8. */
    public byte[] utf8(LoginField field) {
        return members.utf8(field);
    }

    /** JSON texts by the names of members that have no column. */
    public Map<String, String> extensions() {
        return members.extensions();
    }
}
