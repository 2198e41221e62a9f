package loginstream.kafka.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReasonTest {

    @Test
    void isTheInnermostCauseInOneLine() {
        // Given
        Exception failure = new IllegalStateException("commit", new RuntimeException(new Error("no\n  leader")));

        // When
        String reason = Reason.of(failure);

        // Then
        assertThat(reason).isEqualTo("Error: no leader");
    }

    @Test
    void isTheInnermostMessageForPeople() {
        // Given
        Exception failure = new IllegalStateException("commit", new RuntimeException("no\n  leader", new Error()));

        // When
        String reason = Reason.message(failure);

        // Then
        assertThat(reason).isEqualTo("no leader");
    }

    @Test
    void isTheNameOfTheClassWhereNobodySaysAnything() {
        // Given
        Exception failure = new IllegalStateException((String) null, new Error());

        // When
        String reason = Reason.message(failure);

        // Then
        assertThat(reason).isEqualTo("Error");
    }

    @Test
    void leavesOutCamelsNameForTheExchange() {
        // Given
        Exception failure = new IllegalStateException(
                "Method with name: substrin(0,1) not found on bean: JP of type: java.lang.String on the exchange:"
                        + " Exchange[0084BDD75A42A44-0000000000000001]");

        // When
        String reason = Reason.message(failure);

        // Then
        assertThat(reason).isEqualTo("Method with name: substrin(0,1) not found on bean: JP of type: java.lang.String");
    }
}
