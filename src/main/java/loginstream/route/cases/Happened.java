package loginstream.route.cases;

import java.util.List;
import java.util.Map;

/**
 * What routes have made of the records of a test.
 *
 * @param sent to each topic, and to each endpoint beyond Kafka, in order
 * @param deadLetters in order
 * @param filtered how many records were dropped on purpose
 */
record Happened(Map<String, List<Sent>> sent, List<DeadLetter> deadLetters, int filtered) {

    /**
     * Something that was sent.
     *
     * @param headers as text, the last one of each name
     */
    record Sent(byte[] key, Integer partition, Long timestamp, byte[] value, Map<String, String> headers) {}

    /**
     * A record that became a dead letter.
     *
     * @param record which one of the test's, from 1
     * @param failure word of the kind of failure
     */
    record DeadLetter(int record, String failure, String reason, int attempts) {}
}
