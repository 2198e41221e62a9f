package loginstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicOptionsTest {
    private static final String BYTES = "max.message.bytes";
    private static final String TYPE = "message.timestamp.type";
    private static final String BEFORE = "message.timestamp.before.max.ms";
    private static final String AFTER = "message.timestamp.after.max.ms";

    @ParameterizedTest
    @CsvSource({"1000, 17384, true", "1000, 17383, false", "1000, 1000, false"})
    void leaveRoomForTheHeadersOfADeadLetter(String inputBytes, String bytes, boolean enough) {
        // Given
        TopicOptions input = input(BYTES, inputBytes);

        // When // Then
        assertThat(sink(BYTES, bytes).missingRoomForHeaders(input).toList()).hasSize(enough ? 0 : 1);
    }

    @Test
    void nameTopicKeyAndValueOfWhatIsTooSmall() {
        // When // Then
        assertThat(sink(BYTES, "2000").missingRoomForHeaders(input(BYTES, "1000")))
                .containsExactly(
                        "sink: max.message.bytes=2000 is too small: input has 1000, and a dead letter has up to"
                                + " 16384 bytes of headers more; set 17384 or more");
        assertThat(sink(BEFORE, "60000", AFTER, "5").refusedTimestamps(input(BEFORE, "60001", AFTER, "6")))
                .containsExactly(
                        "sink: message.timestamp.before.max.ms=60000 refuses timestamps that input takes,"
                                + " which has 60001; set the same or more",
                        "sink: message.timestamp.after.max.ms=5 refuses timestamps that input takes,"
                                + " which has 6; set the same or more");
        assertThat(sink(TYPE, "LogAppendTime").lostTimestamps(input(TYPE, "CreateTime")))
                .containsExactly("sink: message.timestamp.type=LogAppendTime replaces the records' timestamps,"
                        + " which input keeps; set CreateTime");
    }

    @ParameterizedTest
    @CsvSource({
        "CreateTime, 60000, CreateTime, 60000",
        "CreateTime, 60000, CreateTime, 9223372036854775807",
        "CreateTime, 60000, LogAppendTime, 1",
        "LogAppendTime, 60000, CreateTime, 1"
    })
    void letTimestampsThroughWhereNoneCanBeRefused(String inputType, String inputLimit, String type, String limit) {
        // Given
        TopicOptions input = input(TYPE, inputType, BEFORE, inputLimit, AFTER, inputLimit);

        // When // Then
        assertThat(sink(TYPE, type, BEFORE, limit, AFTER, limit).refusedTimestamps(input))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"CreateTime, CreateTime", "LogAppendTime, LogAppendTime", "LogAppendTime, CreateTime"})
    void letTheInputsTimestampsLive(String inputType, String type) {
        // When // Then
        assertThat(sink(TYPE, type).lostTimestamps(input(TYPE, inputType))).isEmpty();
    }

    @Test
    void areNotComparedWhereTheyAreNotKnown() {
        // Given
        TopicOptions unknown = new TopicOptions("input", Map.of());

        // When // Then
        assertThat(sink(BYTES, "1").missingRoomForHeaders(unknown)).isEmpty();
        assertThat(sink(BEFORE, "1").refusedTimestamps(unknown)).isEmpty();
        assertThat(unknown.missingRoomForHeaders(input(BYTES, "1"))).isEmpty();
    }

    private static TopicOptions input(String... options) {
        return of("input", options);
    }

    private static TopicOptions sink(String... options) {
        return of("sink", options);
    }

    private static TopicOptions of(String topic, String... options) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            values.put(options[i], options[i + 1]);
        }
        return new TopicOptions(topic, values);
    }
}
