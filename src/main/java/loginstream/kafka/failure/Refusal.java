package loginstream.kafka.failure;

import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Which errors of a send mean that the record itself is refused: no repetition will help, and other records get through. */
public final class Refusal {
    private Refusal() {}

    /** Whether the brokers, or the client for them, refuse the record for what it is. */
    public static boolean isOne(Throwable failure) {
        return failure instanceof RecordTooLargeException
                || failure instanceof InvalidRecordException
                || failure instanceof InvalidTimestampException;
    }
}
