package loginstream.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Map;
import loginstream.Wiring;
import loginstream.fixture.TestSettings;
import loginstream.metrics.LoginMetrics;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.component.kafka.PollOnError;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What endpoints of the input topic consume with, and what all others do. */
class LoginKafkaComponentTest {
    private final DefaultCamelContext context = new DefaultCamelContext();

    @BeforeEach
    void wire() {
        new Wiring(
                        TestSettings.with(Map.of(
                                "kafka.bootstrap.servers", "no-broker.invalid:9092",
                                "loginstream.consumers", "3",
                                "loginstream.batch.size", "700")),
                        new LoginMetrics(),
                        Clock.systemUTC())
                .configure(context);
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void theInputIsConsumedInBatches() {
        // When
        KafkaEndpoint endpoint = endpoint("kafka:user-login");

        // Then
        KafkaConfiguration configuration = endpoint.getConfiguration();
        assertThat(configuration.getGroupId()).isEqualTo("loginstream");
        assertThat(configuration.getConsumersCount()).isEqualTo(3);
        assertThat(configuration.getMaxPollRecords()).isEqualTo(700);
        assertThat(configuration.isAutoCommitEnable()).isFalse();
        assertThat(configuration.getPollOnError()).isEqualTo(PollOnError.RECONNECT);
        assertThat(endpoint.getKafkaClientFactory()).isInstanceOf(LoginClientFactory.class);
    }

    @Test
    void anyOtherTopicIsConsumedAsPlainCamelDoes() {
        // When
        KafkaEndpoint endpoint = endpoint("kafka:other");

        // Then
        KafkaConfiguration configuration = endpoint.getConfiguration();
        assertThat(configuration.getGroupId()).isEqualTo("loginstream-other");
        assertThat(configuration.getConsumersCount()).isEqualTo(1);
        assertThat(configuration.getMaxPollRecords()).isEqualTo(500);
        assertThat(configuration.isAutoCommitEnable()).isTrue();
        assertThat(configuration.getPollOnError()).isEqualTo(PollOnError.ERROR_HANDLER);
        assertThat(configuration.getValueDeserializer()).isEqualTo(StringDeserializer.class.getName());
        assertThat(configuration.getAutoOffsetReset()).isEqualTo("earliest");
        assertThat(endpoint.getKafkaClientFactory()).isInstanceOf(PlainClientFactory.class);
    }

    @Test
    void whatTheUriSaysGoesBefore() {
        // When
        KafkaConfiguration configuration = endpoint("kafka:other?groupId=mine&consumersCount=2&autoOffsetReset=latest"
                        + "&autoCommitEnable=false&isolationLevel=read_uncommitted&additionalProperties.client.rack=a")
                .getConfiguration();

        // Then
        assertThat(configuration.getGroupId()).isEqualTo("mine");
        assertThat(configuration.getConsumersCount()).isEqualTo(2);
        assertThat(configuration.getAutoOffsetReset()).isEqualTo("latest");
        assertThat(configuration.isAutoCommitEnable()).isFalse();
        assertThat(configuration.getIsolationLevel()).isEqualTo("read_uncommitted");
        assertThat(configuration.getAdditionalProperties()).containsEntry("client.rack", "a");
    }

    @Test
    void producersAreTheSameForAll() {
        // When
        KafkaConfiguration configuration = endpoint("kafka:other").getConfiguration();

        // Then
        assertThat(configuration.isSynchronous()).isTrue();
        assertThat(configuration.getValueSerializer())
                .isEqualTo(endpoint("kafka:user-login").getConfiguration().getValueSerializer());
    }

    private KafkaEndpoint endpoint(String uri) {
        return context.getEndpoint(uri, KafkaEndpoint.class);
    }
}
