package loginstream.deadletter;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import loginstream.login.DeadLetterForm;
import loginstream.login.Failure;
import loginstream.login.Login;
import loginstream.login.PlainText;
import loginstream.login.Rejection;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The headers that a dead letter carries beside its own. The first group has the names and encodings of Spring Kafka's
 * {@code DeadLetterPublishingRecoverer} (numbers big-endian), because Kafka's tools know them; the second is text.
 */
public final class DeadLetterHeaders {
    public static final String ORIGINAL_TOPIC = "kafka_dlt-original-topic";
    /** int32 */
    public static final String ORIGINAL_PARTITION = "kafka_dlt-original-partition";
    /** int64 */
    public static final String ORIGINAL_OFFSET = "kafka_dlt-original-offset";
    /** int64, milliseconds since 1970 */
    public static final String ORIGINAL_TIMESTAMP = "kafka_dlt-original-timestamp";

    public static final String EXCEPTION_FQCN = "kafka_dlt-exception-fqcn";
    public static final String EXCEPTION_MESSAGE = "kafka_dlt-exception-message";
    /** At most {@link #MAX_STACKTRACE_BYTES}; absent where a record is merely invalid. */
    public static final String EXCEPTION_STACKTRACE = "kafka_dlt-exception-stacktrace";

    /** The word of a {@link Failure} */
    public static final String FAILURE = "loginstream-failure";
    /** For people, e.g. {@code device_type: missing} */
    public static final String REASON = "loginstream-reason";
    /** e.g. {@code user-login-2@1841} */
    public static final String SOURCE = "loginstream-source";
    /** ISO 8601 in UTC */
    public static final String FAILED_AT = "loginstream-failed-at";
    /** How often it was tried, as decimal text. */
    public static final String ATTEMPTS = "loginstream-attempts";
    /** How often it was sent again after it had failed, as decimal text; absent means never. Goes along. */
    public static final String REDRIVES = "loginstream-redrives";

    public static final int MAX_STACKTRACE_BYTES = 4096;
    /** Characters that are left of a message and a reason where a dead letter has to be small. */
    private static final int BRIEF = 600;

    private static final List<String> WRITTEN = List.of(
            ORIGINAL_TOPIC,
            ORIGINAL_PARTITION,
            ORIGINAL_OFFSET,
            ORIGINAL_TIMESTAMP,
            EXCEPTION_FQCN,
            EXCEPTION_MESSAGE,
            EXCEPTION_STACKTRACE,
            FAILURE,
            REASON,
            SOURCE,
            FAILED_AT,
            ATTEMPTS);

    private DeadLetterHeaders() {}

    /**
     * The record's own headers and, in place of any of an earlier failure, those of this one; or what the form of the
     * dead letter leaves of them.
     *
     * @param login a rejected one
     * @param failedAt ISO 8601 in UTC
     */
    static Headers of(Login login, String failedAt) {
        ConsumerRecord<byte[], byte[]> source = login.source();
        Rejection rejection = login.rejection();
        DeadLetterForm form = login.deadLetterForm();
        boolean brief = form.leavesOut(DeadLetterForm.WITHOUT_STACKTRACE);
        Headers headers = ownHeaders(source, form);
        headers.add(ORIGINAL_TOPIC, utf8(source.topic()));
        headers.add(
                ORIGINAL_PARTITION,
                ByteBuffer.allocate(4).putInt(source.partition()).array());
        headers.add(ORIGINAL_OFFSET, int64(source.offset()));
        headers.add(ORIGINAL_TIMESTAMP, int64(source.timestamp()));
        headers.add(EXCEPTION_FQCN, utf8(rejection.exceptionName()));
        Throwable exception = rejection.exception();
        String message = exception == null ? null : exception.getMessage();
        String reason = brief ? PlainText.of(rejection.reason(), BRIEF) : rejection.reason();
        headers.add(EXCEPTION_MESSAGE, utf8(message == null ? reason : brief ? PlainText.of(message, BRIEF) : message));
        if (exception != null && !brief) {
            headers.add(EXCEPTION_STACKTRACE, stackTrace(exception));
        }
        headers.add(FAILURE, utf8(rejection.failure().word()));
        headers.add(REASON, utf8(reason));
        headers.add(SOURCE, utf8(login.position()));
        headers.add(FAILED_AT, utf8(failedAt));
        headers.add(ATTEMPTS, utf8(Integer.toString(rejection.tried())));
        return headers;
    }

    private static Headers ownHeaders(ConsumerRecord<byte[], byte[]> source, DeadLetterForm form) {
        if (form == DeadLetterForm.STAND_IN) {
            Header redrives = source.headers().lastHeader(REDRIVES);
            return redrives == null ? new RecordHeaders() : new RecordHeaders().add(redrives);
        }
        Headers headers = new RecordHeaders(source.headers());
        if (headers.iterator().hasNext()) {
            WRITTEN.forEach(headers::remove);
        }
        return headers;
    }

    /** The headers of a dead letter that is sent again: the record's own, without any failure's, and one redrive more. */
    public static Headers forRedrive(Headers deadLetter, int redrives) {
        Headers headers = new RecordHeaders(deadLetter);
        WRITTEN.forEach(headers::remove);
        headers.remove(REDRIVES);
        headers.add(REDRIVES, utf8(Integer.toString(redrives + 1)));
        return headers;
    }

    private static byte[] stackTrace(Throwable exception) {
        StringWriter text = new StringWriter(MAX_STACKTRACE_BYTES);
        exception.printStackTrace(new PrintWriter(text));
        byte[] bytes = utf8(text.toString());
        if (bytes.length <= MAX_STACKTRACE_BYTES) {
            return bytes;
        }
        int end = MAX_STACKTRACE_BYTES;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--; // not in the middle of a character
        }
        return ByteBuffer.allocate(end).put(bytes, 0, end).array();
    }

    private static byte[] int64(long number) {
        return ByteBuffer.allocate(8).putLong(number).array();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
