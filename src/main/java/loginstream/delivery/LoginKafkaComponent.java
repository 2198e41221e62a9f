package loginstream.delivery;

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
        KafkaEndpoint plain = super.createEndpoint(uri, remaining, Map.of());
        KafkaConfiguration configuration = plain.getConfiguration();
        KafkaEndpoint endpoint = new KafkaEndpoint(uri, this) {
            @Override
            protected KafkaProducer createProducer(KafkaEndpoint of) {
                return new LoginProducer(of, outputTopic);
            }
        };
        endpoint.setConfiguration(configuration);
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
