package loginstream.login;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** What becomes of a login that was rejected. */
final class LoginDeadLetter {
    /** Of a stand-in, in bytes: longer than any id. */
    private static final int LONGEST_KEY = 256;

    Rejection rejection;
    DeadLetterForm form = DeadLetterForm.WHOLE;
    /** In place of the record's own; null until it is to be sent. */
    Headers headers;
    /** The one that was sent last, or null. */
    ProducerRecord<byte[], byte[]> record;

    /** Key and value as they were consumed, or what the form leaves of them. */
    ProducerRecord<byte[], byte[]> record(String topic, ConsumerRecord<byte[], byte[]> source) {
        boolean standIn = form == DeadLetterForm.STAND_IN;
        boolean timeless = source.timestamp() < 0 || form.leavesOut(DeadLetterForm.WITHOUT_TIMESTAMP);
        byte[] key = source.key();
        return new ProducerRecord<>(
                topic,
                null,
                timeless ? null : source.timestamp(),
                standIn && key != null && key.length > LONGEST_KEY ? null : key,
                standIn ? null : source.value(),
                headers);
    }
}
