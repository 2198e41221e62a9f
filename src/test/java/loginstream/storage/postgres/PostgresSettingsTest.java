package loginstream.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import loginstream.config.reading.InvalidSettingException;
import loginstream.config.reading.Secret;
import loginstream.fixture.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresSettingsTest {
    private static final String PREFIX = "loginstream.sink.postgres.";

    @Test
    void eachCanBeSet() {
        assertThat(read(Map.of(
                        "url", "jdbc:postgresql://db:1/x",
                        "username", "u",
                        "password", "p",
                        "daily-partitions", "7",
                        "retention-days", "90")))
                .isEqualTo(new PostgresSettings("jdbc:postgresql://db:1/x", "u", new Secret("p"), 7, 90, 1));
    }

    @Test
    void theDefaultsAreThoseOfTheDocs() {
        assertThat(read(Map.of()))
                .isEqualTo(new PostgresSettings(
                        "jdbc:postgresql://localhost:5432/loginstream", "loginstream", new Secret(""), 400, 0, 1));
    }

    @Test
    void thePasswordMayBeInAFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "in a file\n");

        PostgresSettings settings = read(Map.of("password.file", file.toString()));

        assertThat(settings.password()).isEqualTo(new Secret("in a file"));
        assertThat(settings.toString()).doesNotContain("in a file");
    }

    @ParameterizedTest
    @CsvSource({
        "username, ' '",
        "daily-partitions, 0",
        "daily-partitions, 3651",
        "retention-days, -1",
        "retention-days, many"
    })
    void whatCannotBeUsedIsTold(String key, String value) {
        assertThatThrownBy(() -> read(Map.of(key, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(PREFIX + key + "=" + value.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://db/secret",
                "jdbc:postgresql://host:port/secret",
                "jdbc:postgresql://db/x?password=secret"
            })
    void anAddressThatCannotBeUsedIsNotShown(String url) {
        assertThatThrownBy(() -> read(Map.of("url", url)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(PREFIX + "url cannot be used")
                .hasMessageNotContaining("secret");
    }

    private static PostgresSettings read(Map<String, String> values) {
        Map<String, String> all = new HashMap<>();
        values.forEach((key, value) -> all.put(PREFIX + key, value));
        return TestSettings.with(all).read(PostgresSettings::read);
    }
}
