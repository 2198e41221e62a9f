package loginstream.deadletter.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordPositionTest {

    @ParameterizedTest
    @CsvSource({
        "user-login-2@1841, user-login, 2, 1841",
        "user-login.dlq-0@0, user-login.dlq, 0, 0",
        "a-1-2@3, a-1, 2, 3",
        "--0@9, -, 0, 9",
        "t-12@999999999999999999, t, 12, 999999999999999999"
    })
    void isReadAsItIsPrinted(String text, String topic, int partition, long offset) {
        // When
        RecordPosition position = RecordPosition.parse(text);

        // Then
        assertThat(position)
                .isEqualTo(new RecordPosition(topic, partition, offset))
                .hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "user-login",
                "user-login-2",
                "user-login@7",
                "-2@7",
                "user login-2@7",
                "t-2@-7",
                "t-2@x",
                "t-2@9999999999999999999",
                "t-99999999999@1"
            })
    void isRefusedWhereItIsNone(String text) {
        // When // Then
        assertThatThrownBy(() -> RecordPosition.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is no position: write TOPIC-PARTITION@OFFSET, such as user-login.dlq-2@17");
    }
}
