package loginstream.delivery;

import java.util.Properties;
import org.apache.camel.component.kafka.KafkaClientFactory;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;

/** The clients of routes that have nothing to do with logins: Kafka's own consumers, with the options for all clients. */
final class PlainClientFactory implements KafkaClientFactory {
    private final LoginClientFactory clients;

    PlainClientFactory(LoginClientFactory clients) {
        this.clients = clients;
    }

    @Override
    public Consumer<Object, Object> getConsumer(Properties camels) {
        return new KafkaConsumer<>(clients.plainConsumer(camels));
    }

    @Override
    public Producer<Object, Object> getProducer(Properties camels) {
        return clients.getProducer(camels);
    }

    @Override
    public String getBrokers(KafkaConfiguration configuration) {
        return clients.getBrokers(configuration);
    }
}
