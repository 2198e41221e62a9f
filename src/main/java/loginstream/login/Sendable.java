package loginstream.login;

import org.apache.kafka.common.header.Header;

/**
 * A message body that knows how to become Kafka records: with keys, timestamps and headers of its own, byte for byte
 * those of the input. Camel's header map could not carry them: it drops doubled names and several prefixes.
 */
public interface Sendable {

    /**
     * Sends every record in it.
     *
     * @param topic where to
     * @param extraHeaders what the route has set, added to each record
     */
    void sendTo(String topic, Iterable<Header> extraHeaders);
}
