package loginstream.route.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** The records that a test has consumed, as a test file writes them. */
final class Given {
    private Given() {}

    /**
     * A record.
     *
     * @param written as the schema has it
     * @param clock when it was made, where it does not say so
     */
    static ConsumerRecord<byte[], byte[]> record(JsonNode written, String topic, long offset, Instant clock) {
        byte[] key = written.has("key") ? utf8(written.get("key").textValue()) : null;
        byte[] value = value(written);
        RecordHeaders headers = new RecordHeaders();
        written.path("headers")
                .properties()
                .forEach(header ->
                        headers.add(header.getKey(), utf8(header.getValue().textValue())));
        Instant timestamp = written.has("timestamp")
                ? Instant.parse(written.get("timestamp").textValue())
                : clock;
        return new ConsumerRecord<>(
                topic,
                0,
                offset,
                timestamp.toEpochMilli(),
                TimestampType.CREATE_TIME,
                size(key),
                size(value),
                key,
                value,
                headers,
                Optional.empty());
    }

    private static byte[] value(JsonNode written) {
        try {
            if (written.has("json")) {
                return Values.MAPPER.writeValueAsBytes(written.get("json"));
            }
            if (written.has("text")) {
                return utf8(written.get("text").textValue());
            }
            return written.has("base64") ? written.get("base64").binaryValue() : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int size(byte[] bytes) {
        return bytes == null ? ConsumerRecord.NULL_SIZE : bytes.length;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
