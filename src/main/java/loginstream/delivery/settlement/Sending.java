package loginstream.delivery.settlement;

import loginstream.login.Login;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record on its way to the brokers.
 *
 * @param cause the login it comes from
 * @param asDeadLetter whether it is the dead letter of that login
 */
record Sending(ProducerRecord<byte[], byte[]> record, Login cause, boolean asDeadLetter) {

    /** To be made before the login lets go of its dead letter. */
    static Sending of(ProducerRecord<byte[], byte[]> record, Login cause) {
        return new Sending(record, cause, cause != null && cause.isDeadLetter(record));
    }

    /** About what it takes in memory. */
    long bytes() {
        long bytes = length(record.key()) + length(record.value());
        for (Header header : record.headers()) {
            bytes += length(header.value());
        }
        return bytes;
    }

    private static long length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
