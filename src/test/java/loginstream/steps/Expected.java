package loginstream.steps;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import loginstream.fixture.LoginRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record that is to be sent: everything in it.
 *
 * @param headers each {@code name=value}, in their order
 */
record Expected(String topic, Integer partition, Long timestamp, String key, String value, List<String> headers) {
    static final String OUTPUT = "processed-data";
    static final String DEAD_LETTERS = "user-login.dlq";

    Expected {
        headers = List.copyOf(headers);
    }

    /** The login as it was consumed, to some topic. */
    static Expected sent(Sample sample, String topic) {
        return new Expected(
                topic,
                null,
                LoginRecords.RECORD_MILLIS,
                sample.key(),
                sample.value(),
                List.of("trace=" + sample.name(), "tag=one", "tag=two", "kafka.hidden=from messages"));
    }

    /** The login's result. */
    static Expected output(Sample sample) {
        return sent(sample, OUTPUT).value(sample.enriched());
    }

    static Expected deadLetter(Sample sample, String failure, String reason, int attempts) {
        return sent(sample, DEAD_LETTERS)
                .header("loginstream-failure", failure)
                .header("loginstream-reason", reason)
                .header("loginstream-attempts", Integer.toString(attempts));
    }

    /** The dead letter of a login at which a step threw, whenever it was tried. */
    static Expected failed(Sample sample, String reason) {
        return deadLetter(sample, "processing", reason, 3);
    }

    /** The same where it was not tried again. */
    static Expected failedOnce(Sample sample, String reason) {
        return deadLetter(sample, "processing", reason, 1);
    }

    Expected value(String other) {
        return new Expected(topic, partition, timestamp, key, other, headers);
    }

    Expected key(String other) {
        return new Expected(topic, partition, timestamp, other, value, headers);
    }

    Expected partition(Integer other) {
        return new Expected(topic, other, timestamp, key, value, headers);
    }

    Expected timestamp(long other) {
        return new Expected(topic, partition, other, key, value, headers);
    }

    /** With one header more; one of that name that was there gives way. */
    Expected header(String name, String text) {
        return new Expected(
                topic,
                partition,
                timestamp,
                key,
                value,
                Stream.concat(without(name).headers.stream(), Stream.of(name + "=" + text))
                        .toList());
    }

    Expected without(String name) {
        return new Expected(
                topic,
                partition,
                timestamp,
                key,
                value,
                headers.stream()
                        .filter(header -> !header.startsWith(name + "="))
                        .toList());
    }

    /** What a record that was sent is; of what dead letters tell, only what is for people. */
    static Expected of(ProducerRecord<byte[], byte[]> record) {
        return new Expected(
                record.topic(),
                record.partition(),
                record.timestamp(),
                LoginRecords.text(record.key()),
                LoginRecords.text(record.value()),
                new ArrayList<>(StreamSupport.stream(record.headers().spliterator(), false)
                        .filter(Expected::isShown)
                        .map(header -> header.key() + "=" + LoginRecords.text(header.value()))
                        .map(header -> header.replaceAll("Exchange\\[[^]]*]", "Exchange[]"))
                        .toList()));
    }

    private static boolean isShown(Header header) {
        return !header.key().startsWith("kafka_dlt-")
                && !header.key().equals("loginstream-failed-at")
                && !header.key().equals("loginstream-source");
    }

    /** A line, so that a difference can be read. */
    @Override
    public String toString() {
        return topic + (partition == null ? "" : "-" + partition) + " @" + timestamp + " " + key
                + headers.stream().collect(joining(", ", " {", "} ")) + value;
    }
}
