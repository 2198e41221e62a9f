package loginstream.storage.postgres;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import loginstream.login.LoginField;
import loginstream.storage.StoredLogin;
import loginstream.storage.StoredTime;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A row in the text format of {@code COPY}: columns between tabs, a row in a line, {@code \\N} for null
 * (<a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY</a>).
 */
final class CopyText {
    static final String COLUMNS = "topic, \"partition\", \"offset\", event_time, processed_time, user_id, device_id,"
            + " device_type, ip, locale, app_version, extensions";
    private static final LoginField[] FIELDS = {
        LoginField.USER_ID,
        LoginField.DEVICE_ID,
        LoginField.DEVICE_TYPE,
        LoginField.IP,
        LoginField.LOCALE,
        LoginField.APP_VERSION
    };

    private static final int ROOM = 320;

    private CopyText() {}

    /** The line of a login. */
    static byte[] line(StoredLogin login) {
        ConsumerRecord<byte[], byte[]> source = login.source();
        StringBuilder line = new StringBuilder(ROOM);
        append(line, source.topic());
        line.append('\t').append(source.partition());
        line.append('\t').append(source.offset());
        append(line.append('\t'), text(login.eventTime()));
        append(line.append('\t'), text(login.processedTime()));
        for (LoginField field : FIELDS) {
            append(line.append('\t'), login.text(field));
        }
        append(line.append('\t'), login.extensions().isEmpty() ? null : json(login.extensions()));
        line.append('\n');
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String text(StoredTime time) {
        return time == null ? null : time.text();
    }

    private static void append(StringBuilder line, String text) {
        if (text == null) {
            line.append("\\N");
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> line.append("\\\\");
                case '\t' -> line.append("\\t");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                default -> line.append(c);
            }
        }
    }

    private static String json(Map<String, String> members) {
        StringBuilder json = new StringBuilder("{");
        members.forEach((name, value) -> {
            json.append(json.length() == 1 ? "\"" : ",\"");
            JsonStringEncoder.getInstance().quoteAsString(name, json);
            json.append("\":").append(value);
        });
        return json.append('}').toString();
    }

    /** Lines one after the other. */
    static byte[] joined(Iterable<byte[]> lines) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream(1 << 20);
        lines.forEach(joined::writeBytes);
        return joined.toByteArray();
    }
}
