package loginstream.validation;

import static loginstream.fixture.LoginRecords.good;
import static loginstream.fixture.LoginRecords.json;
import static loginstream.fixture.LoginRecords.with;
import static loginstream.fixture.LoginRecords.without;
import static loginstream.login.LoginField.DEVICE_ID;
import static loginstream.login.LoginField.DEVICE_TYPE;
import static loginstream.login.LoginField.IP;
import static loginstream.login.LoginField.LOCALE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import loginstream.config.Settings;
import loginstream.fixture.LoginRecords;
import loginstream.fixture.SingleLogin;
import loginstream.fixture.TestSettings;
import loginstream.login.Login;
import loginstream.login.LoginField;
import loginstream.login.Rejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LoginValidatorTest {
    private final LoginValidator validator = validator(TestSettings.defaults());

    private static LoginValidator validator(Settings settings) {
        return new LoginValidator(settings.validation(), settings.pii()::isShown, LoginRecords.CLOCK);
    }

    @Test
    void letsAGoodLoginPass() {
        // Given
        Login login = SingleLogin.read(good());

        // When
        validator.apply(login);

        // Then
        assertThat(login.isOpen()).isTrue();
        assertThat(login.rejection()).isNull();
    }

    @ParameterizedTest
    @EnumSource(LoginField.class)
    void missesEachFieldByDefault(LoginField field) {
        // Given
        Login login = SingleLogin.read(without(field));

        // When
        validator.apply(login);

        // Then
        assertThat(reasonOf(login)).isEqualTo(field.jsonName() + ": missing");
    }

    @ParameterizedTest
    @EnumSource(LoginField.class)
    void takesNullForNoValue(LoginField field) {
        // Given
        Login login = SingleLogin.read(with(field, "null"));

        // When
        validator.apply(login);

        // Then
        assertThat(reasonOf(login)).isEqualTo(field.jsonName() + ": null");
    }

    static Stream<Arguments> wrongTypes() {
        return Stream.of(
                argumentSet("number for a string", DEVICE_TYPE, "5", "device_type: not a string"),
                argumentSet("fraction for a string", LOCALE, "1.5", "locale: not a string"),
                argumentSet("boolean for a string", LOCALE, "true", "locale: not a string"),
                argumentSet("object for a string", IP, "{\"v4\":\"1.2.3.4\"}", "ip: not a string"),
                argumentSet("array for a string", DEVICE_ID, "[\"593-47-5928\"]", "device_id: not a string"),
                argumentSet("number for a UUID", LoginField.USER_ID, "1", "user_id: not a string"),
                argumentSet("number for a version", LoginField.APP_VERSION, "2", "app_version: not a string"),
                argumentSet("fraction for a time", LoginField.TIMESTAMP, "1.5e9", "timestamp: not whole epoch seconds"),
                argumentSet("object for a time", LoginField.TIMESTAMP, "{}", "timestamp: not whole epoch seconds"),
                argumentSet("boolean for a time", LoginField.TIMESTAMP, "false", "timestamp: not whole epoch seconds"));
    }

    @ParameterizedTest
    @MethodSource("wrongTypes")
    void refusesAValueOfTheWrongType(LoginField field, String value, String reason) {
        // Given
        Login login = SingleLogin.read(with(field, value));

        // When
        validator.apply(login);

        // Then
        assertThat(reasonOf(login)).isEqualTo(reason);
    }

    static Stream<Arguments> lengths() {
        return Stream.of(
                argumentSet("longest device type", DEVICE_TYPE, 64, null),
                argumentSet("device type too long", DEVICE_TYPE, 65, "device_type: longer than 64 characters"),
                argumentSet("longest device id", DEVICE_ID, 128, null),
                argumentSet("device id too long", DEVICE_ID, 129, "device_id: longer than 128 characters"));
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void limitsTheLengthOfText(LoginField field, int length, String reason) {
        // Given
        Login login = SingleLogin.read(with(field, '"' + "x".repeat(length) + '"'));

        // When
        validator.apply(login);

        // Then
        assertThat(reasonOf(login)).isEqualTo(reason);
    }

    @Test
    void reportsEveryViolationInTheOrderOfTheFields() {
        // Given
        Login login = SingleLogin.read("""
                {"timestamp":"soon","device_id":"","locale":"R","ip":"abc","app_version":"x","user_id":7}""");

        // When
        validator.apply(login);

        // Then
        assertThat(reasonOf(login))
                .isEqualTo("user_id: not a string; app_version: not a version: \"x\"; device_type: missing; "
                        + "ip: not an IP address: \"abc\"; locale: not a locale: \"R\"; device_id: blank; "
                        + "timestamp: not whole epoch seconds: \"soon\"");
    }

    @Test
    void missesEverythingInAnEmptyObject() {
        // Given
        Login login = SingleLogin.read("{}");

        // When
        validator.apply(login);

        // Then
        assertThat(((Rejection.Invalid) login.rejection()).violations())
                .extracting("field")
                .containsExactlyElementsOf(LoginField.all());
    }

    @Test
    void doesNotMissWhatIsNotRequired() {
        // Given
        LoginValidator lenient = validator(TestSettings.with("loginstream.validation.required", "user_id, ip"));
        Login login =
                SingleLogin.read("{\"user_id\":\"%s\",\"ip\":\"::1\",\"locale\":null}".formatted(LoginRecords.USER_ID));

        // When
        lenient.apply(login);

        // Then
        assertThat(login.isOpen()).isTrue();
    }

    @Test
    void stillChecksWhatIsNotRequiredButThere() {
        // Given
        LoginValidator lenient = validator(TestSettings.with("loginstream.validation.required", ""));
        Login login = SingleLogin.read("{\"locale\":\"R\"}");

        // When
        lenient.apply(login);

        // Then
        assertThat(reasonOf(login)).isEqualTo("locale: not a locale: \"R\"");
    }

    static Stream<Arguments> privacy() {
        return Stream.of(
                argumentSet("keep", Map.of("loginstream.pii", "keep"), "ip: not an IP address: \"abc\""),
                argumentSet(
                        "hash", Map.of("loginstream.pii", "hash", "loginstream.pii.key", "k"), "ip: not an IP address"),
                argumentSet("drop", Map.of("loginstream.pii", "drop"), "ip: not an IP address"));
    }

    @ParameterizedTest
    @MethodSource("privacy")
    void showsAnAddressOnlyWhereItIsKept(Map<String, String> settings, String reason) {
        // Given
        Login login = SingleLogin.read(with(IP, "\"abc\""));

        // When
        validator(TestSettings.with(settings)).apply(login);

        // Then
        assertThat(reasonOf(login)).isEqualTo(reason);
    }

    @Test
    void looksAtEscapedTextUnescaped() {
        // Given
        Login login =
                SingleLogin.read(json(Map.of("loc\\u0061le", Optional.of("\"\\u0052U\""), "locale", Optional.empty())));

        // When
        validator.apply(login);

        // Then
        assertThat(login.isOpen()).isTrue();
    }

    private static String reasonOf(Login login) {
        return login.rejection() == null ? null : login.rejection().reason();
    }
}
