package loginstream.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import loginstream.config.reading.Secret;
import loginstream.enrichment.PersonalDataSettings.Mode;
import loginstream.fixture.SingleLogin;
import loginstream.login.Login;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
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

    static Stream<Arguments> masks() {
        return Stream.of(
                argumentSet("an IPv4 address", "\"199.172.111.135\"", "\"199.172.111.0\""),
                argumentSet("an IPv6 address", "\"2001:db8:1:2::9\"", "\"2001:db8:1::\""),
                argumentSet("an id", "\"593-47-5928\"", "\"*******5928\""),
                argumentSet("four characters", "\"5928\"", "\"****\""),
                argumentSet("an empty text", "\"\"", "\"\""),
                argumentSet("null", "null", "null"),
                argumentSet("an integer", "12345678", "\"****5678\""));
    }

    @ParameterizedTest
    @MethodSource("masks")
    void leavesANetworkOrTheLastFourCharacters(String value, String masked) throws Exception {
        // Given
        Login login = SingleLogin.read("{\"device_id\":" + value + ",\"other\":" + value + "}");

        // When
        personalData(Mode.MASK, "", "device_id", "other").apply(login);

        // Then
        assertThat(SingleLogin.written(login)).isEqualTo("{\"device_id\":" + masked + ",\"other\":" + masked + "}");
    }

    static Stream<Arguments> nested() {
        String geo = "{\"geo\" : {\"city\":\"Wien\",\"lat\":48.20,\"n\":1E400},\"x\":1.0}";
        return Stream.of(
                argumentSet("a member", geo, "geo.city", "{\"geo\" : {\"lat\":48.20,\"n\":1E+400},\"x\":1.0}"),
                argumentSet("two of one", geo, "geo.city,geo.lat", "{\"geo\" : {\"n\":1E+400},\"x\":1.0}"),
                argumentSet("one that is not there", geo, "geo.street,home.city", geo),
                argumentSet("a whole object", geo, "geo", "{\"x\":1.0}"),
                argumentSet(
                        "in arrays",
                        "{\"seen\":[{\"at\":1,\"ip\":\"1.2.3.4\"},[{\"ip\":\"1.2.3.5\"}],7]}",
                        "seen.ip",
                        "{\"seen\":[{\"at\":1},[{}],7]}"),
                argumentSet("a known one that is no text", "{\"ip\":[\"1.2.3.4\"],\"y\":1}", "ip", "{\"y\":1}"));
    }

    @ParameterizedTest
    @MethodSource("nested")
    void findsMembersOfMembers(String input, String fields, String output) throws Exception {
        // Given
        Login login = SingleLogin.read(input);
        PersonalData personalData = personalData(Mode.DROP, "", fields.split(","));

        // When
        personalData.apply(login);
        personalData.apply(login);

        // Then
        assertThat(SingleLogin.written(login)).isEqualTo(output);
    }

    @Test
    void tellsTheKeyOfAHash() throws Exception {
        // Given
        Login login = SingleLogin.read("{\"ip\":\"199.172.111.135\"}");

        // When
        personalData(Mode.HASH, "k2", "ip").apply(login);

        // Then
        assertThat(SingleLogin.written(login)).isEqualTo("{\"ip\":\"k2:" + IP_HASH + "\"}");
    }

    static Stream<Arguments> keys() {
        return Stream.of(
                argumentSet("none, so it is the user's", null, Mode.MASK, "***"),
                argumentSet("the user's", "u-1", Mode.MASK, "***"),
                argumentSet("another", "k", Mode.MASK, "k"),
                argumentSet("the user's, dropped", "u-1", Mode.DROP, null));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void treatsAKeyThatIsOneOfThemAlike(String key, Mode mode, String expected) throws Exception {
        // Given
        Login login = SingleLogin.read(
                new ConsumerRecord<>("in", 0, 0, bytes(key), bytes("{\"user_id\":\"u-1\"}")), SingleLogin.NOWHERE);

        // When
        personalData(mode, "", "user_id").apply(login);

        // Then
        assertThat(login.key()).isEqualTo(bytes(expected));
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private static PersonalData personalData(Mode mode) {
        return personalData(mode, "", "ip", "device_id");
    }

    private static PersonalData personalData(Mode mode, String keyId, String... fields) {
        return new PersonalData(new PersonalDataSettings(mode, List.of(fields), new Secret("key"), keyId));
    }
}
