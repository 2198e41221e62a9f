package loginstream.config.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
    private static final List<String> KNOWN = List.of("acks", "client.id", "client.rack", "security.protocol");

    @ParameterizedTest
    @CsvSource({
        "acks, acks",
        "ack, acks",
        "akcs, acks",
        "akc,",
        "rack,",
        "client.i, client.id",
        "client.arck, client.rack",
        "security.protocol, security.protocol",
        "securty.protocl, security.protocol",
        "scrity.prtcol,",
        "something.else,"
    })
    void findsWhatIsNear(String given, String expected) {
        // When
        var nearest = Spelling.nearest(given, KNOWN);

        // Then
        assertThat(nearest.orElse(null)).isEqualTo(expected);
    }
}
