package loginstream.delivery;

import java.util.Properties;
import loginstream.kafka.ClientProperties;
import loginstream.kafka.failure.ThrottledLog;
import org.apache.camel.component.kafka.KafkaClientFactory;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Where the endpoints of other topics than the input get their clients from: Kafka's own consumers, and everybody's producers. */
record PlainClientFactory(LoginClientFactory logins, ClientProperties clients, ThrottledLog troubles)
        implements KafkaClientFactory {
    @Override
    public Consumer<Object, Object> getConsumer(Properties camels) {
        return new PlainConsumer(clients.plainConsumer(camels), troubles);
    }

    @Override
    public Producer<Object, Object> getProducer(Properties camels) {
        return logins.getProducer(camels);
    }

    @Override
    public String getBrokers(KafkaConfiguration configuration) {
        return configuration.getBrokers();
    }
}
