package loginstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import loginstream.fixture.TestSettings;
import org.junit.jupiter.api.Test;

/** Options of consumers that read anything but logins. */
class PlainConsumerOptionsTest {
    private final ClientProperties clients = TestSettings.with(Map.of(
                    "kafka.bootstrap.servers", "ours:9092",
                    "kafka.security.protocol", "SASL_PLAINTEXT",
                    "kafka.sasl.mechanism", "PLAIN",
                    "kafka.sasl.jaas.config",
                            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=\"p\";",
                    "kafka.enable.auto.commit", "false",
                    "kafka.auto.offset.reset", "earliest"))
            .clients();

    @Test
    void theWayToTheBrokersIsOurs() {
        // When
        Properties options = clients.plainConsumer(camels("security.protocol", "PLAINTEXT"));

        // Then
        assertThat(options)
                .containsEntry("bootstrap.servers", "ours:9092")
                .containsEntry("security.protocol", "SASL_PLAINTEXT")
                .containsEntry("sasl.mechanism", "PLAIN");
    }

    @Test
    void whatThePromisesAboutLoginsRestOnIsTheEndpoints() {
        // When
        Properties options = clients.plainConsumer(
                camels("enable.auto.commit", true, "auto.offset.reset", "latest", "group.id", "g"));

        // Then
        assertThat(options)
                .containsEntry("enable.auto.commit", true)
                .containsEntry("auto.offset.reset", "latest")
                .containsEntry("group.id", "g");
    }

    @Test
    void anEndpointMayNameOtherBrokers() {
        // When, Then
        assertThat(clients.plainConsumer(camels("bootstrap.servers", "theirs:9092")))
                .containsEntry("bootstrap.servers", "theirs:9092");
    }

    private static Properties camels(Object... options) {
        Properties properties = new Properties();
        for (int i = 0; i < options.length; i += 2) {
            properties.put(options[i], options[i + 1]);
        }
        return properties;
    }
}
