package loginstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import loginstream.access.AccessRules;
import loginstream.cli.text.AccessRuleText;
import loginstream.config.Settings;
import loginstream.config.reading.InvalidSettingException;
import loginstream.fixture.Authority;
import loginstream.fixture.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page on security says. */
class SecurityPageIT {
    private static final Path PAGE = Path.of("src/docs/security.md");
    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final String SECRETS = "/run/secrets/kafka";

    @TempDir
    private Path folder;

    static Stream<String> settings() {
        return BLOCK.matcher(page()).results().map(block -> block.group(1));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void hasSettingsThatAreCompleteAndFitEachOther(String block) throws IOException {
        // Given
        Authority authority = new Authority("the-authority");
        Authority.Identity identity = authority.issue("loginstream");
        Files.writeString(folder.resolve("password"), "a password\n");
        Files.writeString(folder.resolve("client-secret"), "a secret\n");
        Files.writeString(folder.resolve("ca.crt"), authority.pem());
        Files.writeString(folder.resolve("user.crt"), identity.chain());
        Files.writeString(folder.resolve("user.key"), identity.key());
        Map<String, String> environment = block.lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> pair[0], pair -> pair[1].replace("\"", "").replace(SECRETS, folder.toString())));

        // When
        var loading = assertThatCode(() -> Settings.load(new Properties(), environment));

        // Then
        if (block.contains("AWS_MSK_IAM")) { // as long as its library is not there, which a profile adds
            assertThatExceptionOfType(InvalidSettingException.class)
                    .isThrownBy(() -> Settings.load(new Properties(), environment))
                    .withMessageEndingWith(
                            "Class software.amazon.msk.auth.iam.IAMClientCallbackHandler could not be found.");
        } else {
            loading.doesNotThrowAnyException();
        }
    }

    @Test
    void hasTheRightsOfTheDefaultSettings() {
        // Given
        AccessRules rules = new ClusterNeeds(TestSettings.defaults()).rights();

        // When
        List<String> table = new AccessRuleText(rules.of(List.of(AccessRules.Command.values()), "replayed")).table();

        // Then
        assertThat(page().lines().map(line -> line.replaceFirst("^    ", ""))).containsSequence(table);
    }

    private static String page() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
