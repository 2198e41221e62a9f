package loginstream.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import loginstream.config.reading.Secret;
import org.junit.jupiter.api.Test;

class ConsoleTokenTest {

    @Test
    void isMadeAnewWhereTheSettingsHoldNone() {
        // When
        ConsoleToken one = ConsoleToken.of(new Secret(""));
        ConsoleToken other = ConsoleToken.of(new Secret(""));

        // Then
        assertThat(one.isConfigured()).isFalse();
        assertThat(one.forPage()).hasSize(43).isNotEqualTo(other.forPage());
        assertThat(one.isIn("Bearer " + one.forPage())).isTrue();
        assertThat(one.isIn("Bearer " + other.forPage())).isFalse();
    }

    @Test
    void isNeverGivenAwayWhereTheSettingsHoldIt() {
        // Given
        ConsoleToken token = ConsoleToken.of(new Secret("s3cret"));

        // Then
        assertThat(token.isConfigured()).isTrue();
        assertThatIllegalStateException().isThrownBy(token::forPage);
        assertThat(token.toString()).doesNotContain("s3cret");
    }
}
