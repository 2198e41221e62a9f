package loginstream.cli;

import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG;

import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The options of a topic that records of the input topic are sent to, compared with the input topic's: what the one has
 * taken, the other has to take. Each finding is one line.
 *
 * @param values what is not known is left out, and not compared
 */
record TopicOptions(String topic, Map<String, String> values) {
    /** A stack trace, the message it begins with, a reason, and the rest. */
    private static final int HEADER_BYTES = 16 * 1024;

    private static final String BROKERS_TIME = "LogAppendTime";

    /** A dead letter is a record of the input and the headers that tell why. */
    Stream<String> missingRoomForHeaders(TopicOptions input) {
        OptionalLong limit = number(MAX_MESSAGE_BYTES_CONFIG);
        OptionalLong inputLimit = input.number(MAX_MESSAGE_BYTES_CONFIG);
        if (limit.isEmpty() || inputLimit.isEmpty() || limit.getAsLong() >= inputLimit.getAsLong() + HEADER_BYTES) {
            return Stream.empty();
        }
        return Stream.of(topic + ": " + MAX_MESSAGE_BYTES_CONFIG + "=" + limit.getAsLong() + " is too small: "
                + input.topic + " has " + inputLimit.getAsLong() + ", and a dead letter has up to " + HEADER_BYTES
                + " bytes of headers more; set " + (inputLimit.getAsLong() + HEADER_BYTES) + " or more");
    }

    /** A topic in which the broker sets the time refuses none; what it has set is taken everywhere for the moment. */
    Stream<String> refusedTimestamps(TopicOptions input) {
        if (hasBrokersTime() || input.hasBrokersTime()) {
            return Stream.empty();
        }
        return Stream.of(MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG)
                .filter(key -> number(key).isPresent() && input.number(key).isPresent())
                .filter(key -> number(key).getAsLong() < input.number(key).getAsLong())
                .map(key -> topic + ": " + key + "=" + value(key) + " refuses timestamps that " + input.topic
                        + " takes, which has " + input.value(key) + "; set the same or more");
    }

    /** Records keep their time, unless the broker puts its own in its place. */
    Stream<String> lostTimestamps(TopicOptions input) {
        return hasBrokersTime() && !input.hasBrokersTime()
                ? Stream.of(topic + ": " + MESSAGE_TIMESTAMP_TYPE_CONFIG + "=" + BROKERS_TIME
                        + " replaces the records' timestamps, which " + input.topic + " keeps; set CreateTime")
                : Stream.empty();
    }

    private boolean hasBrokersTime() {
        return BROKERS_TIME.equals(value(MESSAGE_TIMESTAMP_TYPE_CONFIG));
    }

    private String value(String key) {
        return values.get(key);
    }

    private OptionalLong number(String key) {
        String value = value(key);
        return value == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value));
    }
}
