package loginstream.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTest {

    @ParameterizedTest
    @EnumSource
    void isFoundByItsWord(Failure failure) {
        // When // Then
        assertThat(Failure.of(failure.word())).isSameAs(failure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"broken", "INVALID", ""})
    void isNotFoundByAnother(String word) {
        // When // Then
        assertThat(Failure.find(word)).isEmpty();
    }

    @Test
    void tellsTheWordsThereAre() {
        // When // Then
        assertThatThrownBy(() -> Failure.of("broken"))
                .hasMessage("'broken' is no failure: one of unparseable, invalid, processing");
    }
}
