package loginstream.steps;

import static loginstream.steps.Sample.RUSSIAN;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import loginstream.fixture.LoginRecords;
import loginstream.login.Login;
import loginstream.login.LoginField;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

/** The example that drops repeats, where transactions fail. */
class RepeatsDroppedTest {
    private static final Path EXAMPLE = Path.of("routes/examples/repeats-dropped.camel.yaml");

    @Test
    void whatWasRolledBackIsNoRepeat() throws Exception {
        try (StepsFixture fixture = fixture()) {
            // Given
            fixture.consume("a", LoginRecords.good());
            fixture.consume("b", LoginRecords.with(LoginField.DEVICE_ID, "\"111-11-1111\""));
            StepsFixture.Result first = fixture.handOut();
            assertThat(first.states()).containsOnly(Login.State.PROCESSED);

            // When
            first.batch().givenUp(new KafkaException("rolled back"));
            StepsFixture.Result again = fixture.run();

            // Then
            assertThat(again.states()).containsOnly(Login.State.PROCESSED);
        }
    }

    @Test
    void whatHasCommittedIs() throws Exception {
        try (StepsFixture fixture = fixture()) {
            // Given
            fixture.consume(RUSSIAN.record());
            fixture.run();

            // When
            StepsFixture.Result again = fixture.run();

            // Then
            assertThat(again.states()).isEqualTo(List.of(Login.State.FILTERED));
        }
    }

    private static StepsFixture fixture() throws Exception {
        String text = Files.readString(EXAMPLE).replace("- route:\n", "- route:\n    id: user-login\n");
        return new StepsFixture().yaml(text).start();
    }
}
