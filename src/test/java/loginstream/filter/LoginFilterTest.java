package loginstream.filter;

import static loginstream.fixture.LoginRecords.good;
import static loginstream.fixture.LoginRecords.with;
import static loginstream.fixture.LoginRecords.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.time.Duration;
import java.util.stream.Stream;
import loginstream.fixture.SingleLogin;
import loginstream.login.Login;
import loginstream.login.LoginField;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.language.simple.types.SimpleIllegalSyntaxException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LoginFilterTest {
    private static final CamelContext CONTEXT = new DefaultCamelContext();

    @BeforeAll
    static void start() {
        CONTEXT.start();
    }

    @AfterAll
    static void stop() {
        CONTEXT.stop();
    }

    private static LoginFilter filter(String expression) {
        return new LoginFilter(CONTEXT, expression);
    }

    static Stream<Arguments> logins() {
        String russian = "${body[locale]} == 'RU'";
        return Stream.of(
                argumentSet("no filter", "", good(), Login.State.OPEN),
                argumentSet("blank filter", "  ", good(), Login.State.OPEN),
                argumentSet("matching", russian, good(), Login.State.OPEN),
                argumentSet("not matching", russian, with(LoginField.LOCALE, "\"US\""), Login.State.FILTERED),
                argumentSet("member missing", russian, without(LoginField.LOCALE), Login.State.FILTERED),
                argumentSet("member null", russian, with(LoginField.LOCALE, "null"), Login.State.FILTERED),
                argumentSet("escaped value", russian, with(LoginField.LOCALE, "\"\\u0052U\""), Login.State.OPEN),
                argumentSet(
                        "both conditions",
                        russian + " && ${body[device_type]} != 'android'",
                        with(LoginField.DEVICE_TYPE, "\"iOS\""),
                        Login.State.OPEN),
                argumentSet(
                        "one condition of two",
                        russian + " && ${body[device_type]} != 'android'",
                        good(),
                        Login.State.FILTERED),
                argumentSet("unknown member", "${body[plan]} == 'gold'", "{\"plan\":\"gold\"}", Login.State.OPEN),
                argumentSet("number", "${body[timestamp]} > 1694479550", good(), Login.State.OPEN),
                argumentSet("number too small", "${body[timestamp]} > 1694479551", good(), Login.State.FILTERED),
                argumentSet(
                        "member of a member",
                        "${body[app][channel]} == 'beta'",
                        "{\"app\":{\"channel\":\"beta\"}}",
                        Login.State.OPEN),
                argumentSet("pattern", "${body[ip]} regex '199\\..*'", good(), Login.State.OPEN));
    }

    @ParameterizedTest
    @MethodSource("logins")
    void keepsTheLoginsThatMatch(String expression, String json, Login.State expected) throws Exception {
        // Given
        Login login = SingleLogin.read(json);

        // When
        filter(expression).apply(login);

        // Then
        assertThat(login.state()).isEqualTo(expected);
        assertThat(login.rejection()).isNull();
    }

    @Test
    void isFastWithAVeryLongNumber() {
        // Given
        LoginFilter filter = filter("${body[locale]} == 'RU'");
        Login login = SingleLogin.read("{\"locale\":\"RU\",\"x\":" + "7".repeat(1_000_000) + "}");

        // When
        Assertions.assertTimeout(Duration.ofSeconds(8), () -> filter.apply(login));

        // Then
        assertThat(login.isOpen()).isTrue();
    }

    @Test
    void refusesWhatIsNoPredicateBeforeAnyLoginComes() {
        // When
        var creation = assertThatExceptionOfType(SimpleIllegalSyntaxException.class)
                .isThrownBy(() -> filter("${body[locale]} == "));

        // Then
        creation.withMessageContaining("==");
    }
}
