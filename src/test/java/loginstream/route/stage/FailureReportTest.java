package loginstream.route.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailureReportTest {
    private final RouteDefinition suspect = new RouteDefinition();
    private final FailureReport report = new FailureReport(new DefaultCamelContext());

    @BeforeEach
    void place() {
        suspect.setLocation("file:routes/x.camel.yaml");
        suspect.setLineNumber(14);
    }

    @Test
    void beginsWithThePlaceOfWhatIsToBlame() {
        // When
        String line = report.of(new IllegalStateException("no such bean"), Optional.of(suspect));

        // Then
        assertThat(line).isEqualTo("routes/x.camel.yaml:14: no such bean");
    }

    @Test
    void leavesThePlaceToAReasonThatNamesAnother() {
        // Given
        Exception refusal = new IllegalArgumentException("file:routes/x.camel.yaml:44: threads cannot stand here");

        // When
        String line = report.of(new IllegalStateException("no route", refusal), Optional.of(suspect));

        // Then
        assertThat(line).isEqualTo("routes/x.camel.yaml:44: threads cannot stand here");
    }
}
