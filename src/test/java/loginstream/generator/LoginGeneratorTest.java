package loginstream.generator;

import static loginstream.fixture.LoginRecords.CLOCK;
import static loginstream.fixture.LoginRecords.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import loginstream.fixture.SingleLogin;
import loginstream.fixture.TestSettings;
import loginstream.login.Failure;
import loginstream.login.Login;
import loginstream.validation.LoginValidator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginGeneratorTest {
    private static final int MANY = 5_000;
    private static final LoginValidator VALIDATOR =
            new LoginValidator(TestSettings.defaults().validation(), field -> true, CLOCK);

    @Test
    void makesTheSameLoginsOfTheSameSeed() {
        // When
        List<String> logins = made(42, 0.5, 500);

        // Then
        assertThat(logins).isEqualTo(made(42, 0.5, 500)).isNotEqualTo(made(43, 0.5, 500));
    }

    @Test
    void makesOnlyGoodLoginsWhereNoneIsToBeBad() {
        // When
        List<String> logins = made(7, 0, MANY);

        // Then
        assertThat(logins.stream().map(LoginGeneratorTest::fate)).containsOnly("good");
        assertThat(logins).anyMatch(login -> login.contains("\"timestamp\":\"")).doesNotHaveDuplicates();
    }

    @Test
    void makesOnlyBadLoginsWhereAllAreToBeBad() {
        // When
        List<String> logins = made(7, 1, MANY);

        // Then
        assertThat(logins.stream().map(LoginGeneratorTest::fate)).doesNotContain("good");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.5})
    void makesTheShareOfBadOnesThatItIsTold(double share) {
        // When
        List<String> logins = made(7, share, MANY);

        // Then
        double bad =
                logins.stream().filter(login -> !fate(login).equals("good")).count();
        assertThat(bad / MANY).isBetween(share - 0.02, share + 0.02);
    }

    @Test
    void makesEveryKindOfBadLoginAndMostlyTheCommonestOfReality() {
        // When
        List<String> logins = made(7, 1, MANY);

        // Then
        Map<String, Long> kinds = logins.stream()
                .map(LoginGeneratorTest::fate)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(kinds)
                .containsOnlyKeys(
                        "tombstone", "ip: not an IP address: \"999.1.2\"", "unparseable", "device_type: missing");
        assertThat(kinds.get("device_type: missing")).isGreaterThan(MANY / 2);
    }

    private static List<String> made(long seed, double badShare, int count) {
        LoginGenerator generator = new LoginGenerator(seed, badShare, CLOCK);
        return Stream.generate(() -> String.valueOf(text(generator.next())))
                .limit(count)
                .toList();
    }

    private static String fate(String made) {
        Login login = SingleLogin.read(made.equals("null") ? null : made);
        if (login.isOpen()) {
            VALIDATOR.apply(login);
        }
        return switch (login.state()) {
            case OPEN -> "good";
            case FILTERED -> "tombstone";
            default ->
                login.rejection().failure() == Failure.INVALID
                        ? login.rejection().reason()
                        : "unparseable";
        };
    }
}
