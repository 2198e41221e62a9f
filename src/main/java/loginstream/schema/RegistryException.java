package loginstream.schema;

import loginstream.kafka.failure.Explained;
import org.apache.kafka.common.KafkaException;

/** The schema registry does not answer, or refuses: to be waited for like a broker. */
public final class RegistryException extends KafkaException implements Explained {
    private static final long serialVersionUID = 1L;

    RegistryException(String message) {
        super(message);
    }
}
