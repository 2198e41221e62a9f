package loginstream.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import loginstream.config.Settings;
import loginstream.config.reading.InvalidSettingException;
import loginstream.kafka.Topics;
import loginstream.schema.Format;
import org.junit.jupiter.api.Test;

class SinkSettingsTest {

    @Test
    void whatTheOnePipelineSendsTheOtherStores() {
        // Given
        Properties properties = new Properties();
        properties.setProperty("loginstream.sink", "postgres");
        properties.setProperty("loginstream.output.topic", "trusted");
        properties.setProperty("loginstream.output.format", "avro");
        properties.setProperty("loginstream.group", "logins");
        properties.setProperty("loginstream.routes.directory", "mine");

        // When
        Settings settings = Settings.load(properties, Map.of());

        // Then
        assertThat(settings.topics()).isEqualTo(new Topics("trusted", "", "trusted.postgres.dlq"));
        assertThat(settings.topics().written()).containsExactly("trusted.postgres.dlq");
        assertThat(settings.schema().input()).isEqualTo(Format.AVRO);
        assertThat(settings.schema().output()).isEqualTo(Format.JSON);
        assertThat(settings.consumer().group()).isEqualTo("logins-postgres");
        assertThat(settings.routes().directory()).isEqualTo(Path.of("mine/storage/postgres"));
    }

    @Test
    void theSettingsOfAPipelineSayWhereASinkIs() {
        Settings storing =
                Settings.load(new Properties(), Map.of()).storing("postgres", Map.of("camel.management.port", "1234"));

        assertThat(storing.topics().input()).isEqualTo("processed-data");
        assertThat(storing.all()).containsEntry("camel.management.port", "1234");
        assertThat(storing.withBootstrapServers("x:1").topics()).isEqualTo(storing.topics());
    }

    @Test
    void aPipelineThatStoresNothingHasAnOutput() {
        Properties properties = new Properties();
        properties.setProperty("loginstream.output.topic", "");

        assertThatThrownBy(() -> Settings.load(properties, Map.of()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("loginstream.output.topic= cannot be used");
    }

    @Test
    void aSinkThatIsNotInTheBuildIsTold() {
        assertThatThrownBy(() -> Sink.named("oracle"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("loginstream.sink=oracle is not in this build");
    }
}
