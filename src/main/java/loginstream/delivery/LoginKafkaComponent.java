package loginstream.delivery;

import java.util.HashMap;
import java.util.Map;
import loginstream.kafka.ConsumerSettings;
import loginstream.kafka.Topics;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.component.kafka.KafkaProducer;
import org.apache.camel.component.kafka.PollOnError;
import org.apache.camel.spi.annotations.Component;

/**
 * Camel's Kafka component. A route from the input topic gets batches of logins; one from any other topic is an ordinary
 * route of Camel, record by record and at least once. What a route sends goes by a {@link LoginProducer}. The annotation
 * lets the component find its options.
 */
@Component("kafka")
public final class LoginKafkaComponent extends KafkaComponent {
    private final LoginClientFactory clients;
    private final Topics topics;
    private final ConsumerSettings consumer;

    /**
     * @param clients makes the clients for logins
     */
    public LoginKafkaComponent(LoginClientFactory clients, String brokers, Topics topics, ConsumerSettings consumer) {
        this.clients = clients;
        this.topics = topics;
        this.consumer = consumer;
        setConfiguration(forAll(brokers));
        setKafkaClientFactory(clients);
        setHealthCheckConsumerEnabled(false);
        setHealthCheckProducerEnabled(false);
    }

    private static KafkaConfiguration forAll(String brokers) {
        KafkaConfiguration configuration = new KafkaConfiguration();
        configuration.setBrokers(brokers);
        configuration.setAutoOffsetReset("earliest");
        // What a transaction has rolled back is nobody's business.
        configuration.setIsolationLevel("read_committed");
        // Camel's default goes on behind a record after any failure to poll.
        configuration.setPollOnError(PollOnError.RECONNECT);
        configuration.setPollTimeoutMs(500L);
        // What is sent from a batch is one message body, on the thread that consumed it.
        configuration.setSynchronous(true);
        configuration.setUseIterator(false);
        configuration.setRecordMetadata(false);
        // None of the names Camel knows: bodies reach the client factory's producers as they are.
        configuration.setKeySerializer(LoginClientFactory.class.getName());
        configuration.setValueSerializer(LoginClientFactory.class.getName());
        return configuration;
    }

    @Override
    protected KafkaEndpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
            throws Exception {
        Map<String, Object> options = new HashMap<>(parameters);
        KafkaConfiguration configuration =
                super.createEndpoint(uri, remaining, parameters).getConfiguration();
        KafkaEndpoint endpoint = new KafkaEndpoint(uri, this) {
            @Override
            protected KafkaProducer createProducer(KafkaEndpoint of) {
                return new LoginProducer(of, topics.output());
            }
        };
        endpoint.setConfiguration(configuration);
        options.keySet().removeIf(option -> option.startsWith("additionalProperties."));
        setProperties(endpoint, options);
        if (topics.input().equals(configuration.getTopic())) {
            consumeLogins(configuration, options);
        } else {
            endpoint.setKafkaClientFactory(new PlainClientFactory(clients));
            if (!options.containsKey("groupId")) {
                configuration.setGroupId(consumer.group() + "-" + configuration.getTopic());
            }
        }
        return endpoint;
    }

    private void consumeLogins(KafkaConfiguration configuration, Map<String, Object> options) {
        if (!options.containsKey("groupId")) {
            configuration.setGroupId(consumer.group());
        }
        if (!options.containsKey("consumersCount")) {
            configuration.setConsumersCount(consumer.count());
        }
        if (!options.containsKey("maxPollRecords")) {
            configuration.setMaxPollRecords(consumer.batchSize());
        }
        // Offsets are committed by the client factory's consumers, with the results they belong to.
        configuration.setAutoCommitEnable(false);
    }
}
