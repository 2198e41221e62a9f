package loginstream.deadletter.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import loginstream.deadletter.DeadLetterHeaders;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * A record of the dead-letter topic and what its headers tell. All text in it comes from outside: it may hold control
 * characters. Records that something else has put there lack headers; then the text is {@code unknown} or empty.
 *
 * @param position in the dead-letter topic
 * @param timestamp of the original record, in milliseconds since 1970; negative where it had none
 * @param key may be null
 * @param value may be null, also where it was left out to save memory, see {@link #valueBytes}
 * @param valueBytes length of the value; -1 where it is null
 * @param headers all of them
 * @param failedAt when it became a dead letter
 * @param redriven whether it has been sent again already
 */
public record StoredDeadLetter(
        RecordPosition position,
        long timestamp,
        byte[] key,
        byte[] value,
        int valueBytes,
        Headers headers,
        Instant failedAt,
        boolean redriven) {
    /** Where no header tells the failure. */
    static final String UNKNOWN = "unknown";

    static StoredDeadLetter of(ConsumerRecord<byte[], byte[]> record, boolean redriven) {
        byte[] value = record.value();
        return new StoredDeadLetter(
                new RecordPosition(record.topic(), record.partition(), record.offset()),
                originalTimestamp(record),
                record.key(),
                value,
                value == null ? -1 : value.length,
                record.headers(),
                failureTime(record),
                redriven);
    }

    /** The dead-letter topic may stamp its records itself; then only the header knows. */
    private static long originalTimestamp(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(DeadLetterHeaders.ORIGINAL_TIMESTAMP);
        return header != null && header.value() != null && header.value().length == Long.BYTES
                ? ByteBuffer.wrap(header.value()).getLong()
                : record.timestamp();
    }

    /** When a record became a dead letter; of what was not made by the pipeline, the record's time. */
    static Instant failureTime(ConsumerRecord<byte[], byte[]> record) {
        String text = text(record.headers(), DeadLetterHeaders.FAILED_AT);
        if (text != null) {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                // not one of the pipeline's own: the record's time will do
            }
        }
        return Instant.ofEpochMilli(Math.max(0, record.timestamp()));
    }

    /** The word of a {@link loginstream.login.Failure}, unless something else has put another there. */
    public String failure() {
        String failure = text(headers, DeadLetterHeaders.FAILURE);
        return failure == null ? UNKNOWN : failure;
    }

    /** One line for people, e.g. {@code device_type: missing}. */
    public String reason() {
        String reason = text(headers, DeadLetterHeaders.REASON);
        String message = reason == null ? text(headers, DeadLetterHeaders.EXCEPTION_MESSAGE) : reason;
        return message == null ? "" : message;
    }

    /** Where it came from, e.g. {@code user-login-2@1841}. */
    public String source() {
        String source = text(headers, DeadLetterHeaders.SOURCE);
        return source == null ? "" : source;
    }

    /** The topic it came from; empty where nothing tells. */
    public String originalTopic() {
        String topic = text(headers, DeadLetterHeaders.ORIGINAL_TOPIC);
        return topic == null ? "" : topic;
    }

    /** The partition it came from; -1 where nothing tells. */
    public int originalPartition() {
        Header header = headers.lastHeader(DeadLetterHeaders.ORIGINAL_PARTITION);
        return header != null && header.value() != null && header.value().length == Integer.BYTES
                ? ByteBuffer.wrap(header.value()).getInt()
                : -1;
    }

    /** How often it was tried. */
    public int attempts() {
        return Math.max(1, number(DeadLetterHeaders.ATTEMPTS));
    }

    /** How often it had been sent again before it failed this time. */
    public int redrives() {
        return Math.max(0, number(DeadLetterHeaders.REDRIVES));
    }

    /** The same to be kept in memory: a value may be as large as a record can be. */
    public StoredDeadLetter withoutValue() {
        return new StoredDeadLetter(position, timestamp, key, null, valueBytes, headers, failedAt, redriven);
    }

    private int number(String name) {
        String text = text(headers, name);
        try {
            return text == null ? 0 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
