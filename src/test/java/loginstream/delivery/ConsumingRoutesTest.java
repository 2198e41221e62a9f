package loginstream.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import loginstream.config.Settings;
import loginstream.delivery.settlement.BatchListener;
import loginstream.fixture.TestSettings;
import loginstream.login.LoginBatch;
import loginstream.schema.TopicFormats;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaClientFactory;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultRouteController;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Routes that Camel does not suspend. */
class ConsumingRoutesTest {
    private static final BatchListener NOBODY = new BatchListener() {
        @Override
        public Runnable routed(LoginBatch batch, Duration took) {
            return () -> {};
        }

        @Override
        public void lag(Object consumer, Map<TopicPartition, Long> lag) {}
    };

    private static final Settings SETTINGS = TestSettings.defaults();

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final LoginClientFactory clients = new LoginClientFactory(
            SETTINGS.clients(),
            SETTINGS.topics(),
            DeliveryGuarantee.EXACTLY_ONCE,
            1,
            context.getTypeConverter(),
            NOBODY,
            TopicFormats.of(SETTINGS.schema(), SETTINGS.topics()));
    private final ConsumingRoutes routes = new ConsumingRoutes(context, clients);
    private boolean refuses = true;

    @BeforeEach
    void start() throws Exception {
        KafkaComponent kafka = new KafkaComponent();
        kafka.setKafkaClientFactory(new NoBrokers());
        context.addComponent("kafka", kafka);
        context.setRouteController(new DefaultRouteController(context) {
            @Override
            public void suspendRoute(String id) throws Exception {
                if (refuses && id.equals("second")) {
                    throw new IllegalStateException("not now");
                }
                super.suspendRoute(id);
            }
        });
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kafka:one?groupId=g&brokers=localhost:1").routeId("first").to("mock:any");
                from("kafka:other?groupId=g&brokers=localhost:1")
                        .routeId("second")
                        .to("mock:any");
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void aPauseThatFailsChangesNothing() {
        // When
        Throwable failure = catchThrowable(routes::pause);

        // Then
        assertThat(failure).hasMessage("not now");
        assertThat(clients.isHeld()).isFalse();
        assertThat(routes.isSuspended()).isFalse();
        assertThat(context.getRouteController().getRouteStatus("first")).isEqualTo(ServiceStatus.Started);
        assertThat(context.getRouteController().getRouteStatus("second")).isEqualTo(ServiceStatus.Started);
    }

    @Test
    void thenItCanBePausedAllTheSame() throws Exception {
        // Given
        catchThrowable(routes::pause);
        refuses = false;

        // When
        routes.pause();

        // Then
        assertThat(clients.isHeld()).isTrue();
        assertThat(routes.isPaused()).isTrue();
    }

    /** What Camel polls here, nothing ever comes from. */
    private static final class NoBrokers implements KafkaClientFactory {
        @Override
        public Producer<Object, Object> getProducer(Properties properties) {
            throw new AssertionError("nothing is sent here");
        }

        @Override
        public Consumer<Object, Object> getConsumer(Properties properties) {
            return new MockConsumer<>("earliest");
        }

        @Override
        public String getBrokers(KafkaConfiguration configuration) {
            return "localhost:1";
        }
    }
}
