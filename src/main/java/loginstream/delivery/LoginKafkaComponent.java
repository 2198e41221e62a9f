package loginstream.delivery;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.component.kafka.KafkaProducer;
import org.apache.camel.spi.annotations.Component;

/** Camel's Kafka component whose endpoints send with a {@link LoginProducer}. The annotation lets it find its options. */
@Component("kafka")
public final class LoginKafkaComponent extends KafkaComponent {
    private final String outputTopic;

    /**
     * @param outputTopic where results go
     */
    public LoginKafkaComponent(String outputTopic) {
        this.outputTopic = outputTopic;
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
                return new LoginProducer(of, outputTopic);
            }
        };
        endpoint.setConfiguration(configuration);
        options.keySet().removeIf(option -> option.startsWith("additionalProperties."));
        setProperties(endpoint, options);
        return endpoint;
    }
}
