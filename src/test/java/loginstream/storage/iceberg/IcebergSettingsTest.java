package loginstream.storage.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import loginstream.config.reading.InvalidSettingException;
import loginstream.fixture.TestSettings;
import loginstream.storage.Gathering;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IcebergSettingsTest {
    private static final String PREFIX = "loginstream.sink.iceberg.";

    @Test
    void eachCanBeSet() {
        // When
        IcebergSettings settings = read(Map.ofEntries(
                Map.entry("table", "a.b.logins"),
                Map.entry("partition", "hour"),
                Map.entry("catalog", "rest"),
                Map.entry("uri", "http://catalog:8181"),
                Map.entry("username", "client"),
                Map.entry("password", "its secret"),
                Map.entry("warehouse", "s3://bucket/folder"),
                Map.entry("s3.endpoint", "http://storage:9000"),
                Map.entry("s3.region", "eu-central-1"),
                Map.entry("s3.access-key-id", "key"),
                Map.entry("s3.secret-access-key", "secret key"),
                Map.entry("s3.path-style-access", "true"),
                Map.entry("commit-records", "5000"),
                Map.entry("commit-interval", "3s"),
                Map.entry("history", "48h")));

        // Then
        assertThat(settings.table()).isEqualTo(TableIdentifier.of("a", "b", "logins"));
        assertThat(settings.hourly()).isTrue();
        assertThat(settings.gathering()).isEqualTo(new Gathering(5000, Duration.ofSeconds(3)));
        assertThat(settings.history()).isEqualTo(Duration.ofHours(48));
        assertThat(settings.catalog())
                .containsEntry("type", "rest")
                .containsEntry("uri", "http://catalog:8181")
                .containsEntry("credential", "client:its secret")
                .containsEntry("warehouse", "s3://bucket/folder")
                .containsEntry("s3.endpoint", "http://storage:9000")
                .containsEntry("client.region", "eu-central-1")
                .containsEntry("s3.access-key-id", "key")
                .containsEntry("s3.secret-access-key", "secret key")
                .containsEntry("s3.path-style-access", "true");
        assertThat(settings.toString()).doesNotContain("secret");
    }

    @Test
    void theDefaultsAreThoseOfTheDocs() {
        // When
        IcebergSettings settings = read(Map.of());

        // Then
        assertThat(settings.table()).isEqualTo(TableIdentifier.of("loginstream", "logins"));
        assertThat(settings.hourly()).isFalse();
        assertThat(settings.gathering()).isEqualTo(new Gathering(100_000, Duration.ofSeconds(10)));
        assertThat(settings.history()).isEqualTo(Duration.ofHours(6));
        assertThat(settings.catalog())
                .containsEntry("type", "jdbc")
                .containsEntry("uri", "jdbc:postgresql://localhost:5432/loginstream")
                .doesNotContainKeys("warehouse", "s3.endpoint", "client.region", "s3.access-key-id", "jdbc.password");
    }

    @Test
    void secretsMayBeInFiles(@TempDir Path folder) throws Exception {
        // Given
        Path password = Files.writeString(folder.resolve("password"), "of the catalog\n");
        Path key = Files.writeString(folder.resolve("key"), "of the storage\n");

        // When
        IcebergSettings settings =
                read(Map.of("password.file", password.toString(), "s3.secret-access-key.file", key.toString()));

        // Then
        assertThat(settings.catalog())
                .containsEntry("jdbc.password", "of the catalog")
                .containsEntry("s3.secret-access-key", "of the storage");
    }

    @ParameterizedTest
    @CsvSource({
        "table, logins",
        "table, 'a.b c'",
        "partition, month",
        "catalog, hive",
        "uri, ' '",
        "s3.path-style-access, perhaps",
        "commit-records, 0",
        "commit-records, 1000001",
        "commit-interval, 3m",
        "commit-interval, 99ms",
        "history, -1h"
    })
    void whatCannotBeUsedIsTold(String key, String value) {
        assertThatThrownBy(() -> read(Map.of(key, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(PREFIX + key + "=" + value.strip());
    }

    private static IcebergSettings read(Map<String, String> values) {
        Map<String, String> all = new HashMap<>();
        values.forEach((key, value) -> all.put(PREFIX + key, value));
        return TestSettings.with(all).read(IcebergSettings::read);
    }
}
