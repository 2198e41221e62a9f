package loginstream.storage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import loginstream.fixture.Logins;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What the pipeline sends to its output: logins with a serial number each, of some hours of two days. */
public final class ProcessedLogins {
    private ProcessedLogins() {}

    /** The records of a topic with these numbers. */
    public static List<ProducerRecord<byte[], byte[]>> records(String topic, int from, int to) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(to - from);
        for (int n = from; n < to; n++) {
            records.add(record(topic, n, ""));
        }
        return records;
    }

    /**
     * One record.
     *
     * @param more members, each with a comma before it
     */
    public static ProducerRecord<byte[], byte[]> record(String topic, int n, String more) {
        Instant event = Instant.now().minusSeconds(n % 50_000);
        String json = Logins.withTail(
                new UUID(7, n % 1000),
                ",\"n\":" + n + more + ",\"event_time\":\"" + event + "\",\"processed_time\":\"" + Instant.now()
                        + "\"");
        return new ProducerRecord<>(topic, Logins.bytes("k" + n % 97), Logins.bytes(json));
    }
}
