package loginstream.delivery;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import loginstream.kafka.ConsumerSettings;
import loginstream.kafka.Topics;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.component.kafka.KafkaProducer;
import org.apache.camel.component.kafka.PollOnError;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultConsumer;

/**
 * Camel's Kafka component whose endpoints send with a {@link LoginProducer}. The input topic is consumed in batches; any
 * other one as plain Camel does, but from its beginning and in a group with a name. What a URI says goes before all of
 * this. The annotation lets it find its options.
 */
@Component("kafka")
public final class LoginKafkaComponent extends KafkaComponent {
    private final LoginClientFactory clients;
    private final Topics topics;
    private final ConsumerSettings consumer;
    private UnaryOperator<String> names = UnaryOperator.identity();
    private boolean idle;

    /**
     * @param consumer how the input is consumed
     */
    public LoginKafkaComponent(LoginClientFactory clients, Topics topics, ConsumerSettings consumer) {
        this.clients = clients;
        this.topics = topics;
        this.consumer = consumer;
        setKafkaClientFactory(clients);
    }

    /** What is sent to a topic other than the output and the dead-letter topic goes to the one that this gives. */
    public void sendBy(UnaryOperator<String> topicNames) {
        names = topic ->
                topic.equals(topics.output()) || topic.equals(topics.deadLetter()) ? topic : topicNames.apply(topic);
    }

    /** Its endpoints consume nothing. */
    public void keepIdle() {
        idle = true;
    }

    @Override
    protected KafkaEndpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
            throws Exception {
        Map<String, Object> options = new HashMap<>(parameters);
        KafkaConfiguration configuration =
                super.createEndpoint(uri, remaining, parameters).getConfiguration();
        KafkaEndpoint endpoint = new KafkaEndpoint(uri, this) {
            @Override
            public Consumer createConsumer(Processor processor) throws Exception {
                return idle ? new DefaultConsumer(this, processor) : super.createConsumer(processor);
            }

            @Override
            protected KafkaProducer createProducer(KafkaEndpoint of) {
                return new LoginProducer(of, topics.output(), names, clients.serializer());
            }
        };
        if (topics.input().equals(configuration.getTopic())) {
            consumeLogins(configuration);
        } else {
            consumeAnything(configuration);
            endpoint.setKafkaClientFactory(clients.plain());
        }
        endpoint.setConfiguration(configuration);
        options.keySet().removeIf(option -> option.startsWith("additionalProperties."));
        setProperties(endpoint, options);
        return endpoint;
    }

    private void consumeLogins(KafkaConfiguration configuration) {
        configuration.setGroupId(consumer.group());
        configuration.setConsumersCount(consumer.count());
        configuration.setMaxPollRecords(consumer.batchSize());
        configuration.setAutoOffsetReset("earliest");
        // Offsets are committed by the batches' consumers, with the results they belong to.
        configuration.setAutoCommitEnable(false);
        configuration.setPollOnError(PollOnError.RECONNECT);
    }

    private void consumeAnything(KafkaConfiguration configuration) {
        configuration.setGroupId(consumer.group() + "-" + configuration.getTopic());
        // Camel's own latest would skip what comes before the first start.
        configuration.setAutoOffsetReset("earliest");
        // Kafka's own default. Camel's manual says it is Camel's too, but its batching fails where nobody has set it.
        configuration.setMaxPollRecords(500);
        // The topic may be the output, and what was rolled back there is no result.
        configuration.setIsolationLevel("read_committed");
    }
}
