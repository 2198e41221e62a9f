package loginstream.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.stream.Stream;
import loginstream.config.reading.Secret;
import loginstream.enrichment.PersonalDataSettings.Mode;
import loginstream.fixture.SingleLogin;
import loginstream.login.Login;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PersonalDataTest {
    /** From: printf %s 199.172.111.135 | openssl dgst -sha256 -hmac 'key' */
    private static final String IP_HASH = "2076248dd82693e108f7a09a24d019df4021d01df029f8c651170dd3a4f23731";

    private static final String DEVICE_HASH = "7b4393ef736ea9cd873824b9ff10170d0f15559664d32e6191a2467a70168169";
    private static final String LOGIN =
            "{\"ip\" : \"199.172.111.135\",\"x\":\"199.172.111.135\",\"device_id\":\"593-47-5928\",\"y\":1.0}";

    static Stream<Arguments> modes() {
        return Stream.of(
                argumentSet("keep", Mode.KEEP, LOGIN, LOGIN),
                argumentSet("drop", Mode.DROP, LOGIN, "{\"x\":\"199.172.111.135\",\"y\":1.0}"),
                argumentSet(
                        "hash",
                        Mode.HASH,
                        LOGIN,
                        "{\"ip\" : \"" + IP_HASH + "\",\"x\":\"199.172.111.135\",\"device_id\":\"" + DEVICE_HASH
                                + "\",\"y\":1.0}"),
                argumentSet(
                        "hash of the text, not of its escapes",
                        Mode.HASH,
                        "{\"ip\":\"19\\u0039.172.111.135\"}",
                        "{\"ip\":\"" + IP_HASH + "\"}"),
                argumentSet("hash where they are absent", Mode.HASH, "{\"y\":1.0}", "{\"y\":1.0}"),
                argumentSet("hash where they are null", Mode.HASH, "{\"ip\":null}", "{\"ip\":null}"),
                argumentSet("drop where they are absent", Mode.DROP, "{\"y\":1.0}", "{\"y\":1.0}"),
                argumentSet("drop where they are null", Mode.DROP, "{\"ip\":null}", "{}"));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void treatsAddressAndDeviceAsTheSettingSays(Mode mode, String input, String output) throws Exception {
        // Given
        Login login = SingleLogin.read(input);

        // When
        personalData(mode).apply(login);

        // Then
        assertThat(SingleLogin.written(login)).isEqualTo(output);
    }

    @ParameterizedTest
    @MethodSource("modes")
    void treatsThemOnceWhenRepeated(Mode mode, String input, String output) throws Exception {
        // Given
        Login login = SingleLogin.read(input);
        personalData(mode).apply(login);
        SingleLogin.written(login);

        // When
        personalData(mode).apply(login);

        // Then
        assertThat(SingleLogin.written(login)).isEqualTo(output);
    }

    private static PersonalData personalData(Mode mode) {
        return new PersonalData(new PersonalDataSettings(mode, new Secret("key")));
    }
}
