package loginstream.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import loginstream.login.DeadLetterForm;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import loginstream.login.LoginContent;
import loginstream.login.LoginMessage;
import loginstream.schema.TopicSerializer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.component.kafka.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What {@code to: kafka:topic} does. From a batch, and from an exchange that is about a login, it sends in the
 * transaction that the login was consumed in, with key, timestamp and headers of the input, byte for byte, but for what
 * steps have set. Anything else goes out as Camel's own producer would send it.
 */
final class LoginProducer extends KafkaProducer {
    private final KafkaConfiguration configuration;
    private final String outputTopic;
    private final UnaryOperator<String> names;
    private final TopicSerializer serializer;

    /**
     * @param outputTopic where results go
     * @param names where what is meant for a topic goes
     * @param serializer makes values of the output topic
     */
    LoginProducer(KafkaEndpoint endpoint, String outputTopic, UnaryOperator<String> names, TopicSerializer serializer) {
        super(endpoint);
        this.configuration = endpoint.getConfiguration();
        this.outputTopic = outputTopic;
        this.names = names;
        this.serializer = serializer;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        if (exchange.getMessage().getBody() instanceof LoginBatch batch) {
            send(batch);
            return;
        }
        Login login = exchange.getProperty(Login.PROPERTY, Login.class);
        if (login == null || login.hasEnded() || !OwnWay.isOf(exchange)) {
            redirect(exchange.getMessage());
            super.process(exchange);
        } else if (login.state() != Login.State.FILTERED
                && (login.isDeadLetter() || login.state() != Login.State.DEAD_LETTERED)) {
            send(login, exchange);
        }
    }

    private void redirect(Message message) {
        Object override = message.getHeader(KafkaConstants.OVERRIDE_TOPIC);
        String topic = override == null ? configuration.getTopic() : override.toString();
        String actual = names.apply(topic);
        if (!actual.equals(topic)) {
            message.setHeader(KafkaConstants.OVERRIDE_TOPIC, actual);
        }
    }

    private void send(LoginBatch batch) {
        String topic = names.apply(configuration.getTopic());
        for (Login login : batch) {
            if (!batch.isOnItsWay(login)) {
                continue;
            }
            try {
                if (login.exchange() != null) {
                    send(login, login.exchange());
                } else {
                    send(login, topic, batch.isOrderKept());
                }
            } catch (Exception e) {
                batch.fail(login, e);
            }
        }
    }

    /** Nothing but steps for whole batches has seen it. */
    private void send(Login login, String topic, boolean later) throws Exception {
        boolean toOutput = topic.equals(outputTopic);
        if (toOutput && login.members() == null && !login.isDeadLetter()) {
            LoginContent.requireObject(login.source().value());
        }
        ProducerRecord<byte[], byte[]> record = withOptions(
                toOutput && !login.isDeadLetter()
                        ? login.result(topic, serializer.serialize(login.value()))
                        : login.result(topic));
        if (later) {
            login.sendLater(record, toOutput);
        } else {
            login.send(record);
            login.noteSent(toOutput);
        }
    }

    /** As the endpoint's options want it. */
    private ProducerRecord<byte[], byte[]> withOptions(ProducerRecord<byte[], byte[]> record) {
        String key = configuration.getKey();
        return key == null && configuration.getPartitionKey() == null
                ? record
                : new ProducerRecord<>(
                        record.topic(),
                        configuration.getPartitionKey(),
                        record.timestamp(),
                        key == null ? record.key() : key.getBytes(StandardCharsets.UTF_8),
                        record.value(),
                        record.headers());
    }

    private void send(Login login, Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        Object override = header(message, KafkaConstants.OVERRIDE_TOPIC);
        String topic = names.apply(override == null ? configuration.getTopic() : override.toString());
        boolean toOutput = topic.equals(outputTopic);
        if (login.isDeadLetter() && login.deadLetterForm() != DeadLetterForm.WHOLE) {
            login.sendLater(login.deadLetter(topic), false);
            return;
        }
        if (toOutput && login.state() == Login.State.REJECTED && !login.isDeadLetter()) {
            throw login.rejection().asException(exchange); // somebody has caught it, but that does not make it good
        }
        byte[] value = LoginContent.bytes(message.getBody(), exchange);
        if (toOutput && value != login.json() && !login.isDeadLetter()) {
            LoginContent.requireObject(value);
        }
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic,
                partition(exchange),
                timestamp(login, exchange),
                key(login, exchange),
                toOutput && !login.isDeadLetter() ? serializer.serialize(value) : value,
                OutgoingHeaders.of(login.headers(), exchange, configuration));
        if (override != null) {
            message.removeHeader(KafkaConstants.OVERRIDE_TOPIC);
        }
        login.sendLater(record, toOutput);
    }

    private Integer partition(Exchange exchange) {
        return configuration.getPartitionKey() != null
                ? configuration.getPartitionKey()
                : convert(Integer.class, header(exchange.getMessage(), KafkaConstants.PARTITION_KEY), exchange);
    }

    private static Long timestamp(Login login, Exchange exchange) {
        Long override = convert(Long.class, header(exchange.getMessage(), KafkaConstants.OVERRIDE_TIMESTAMP), exchange);
        if (override != null) {
            return override;
        }
        return login.source().timestamp() < 0 ? null : login.source().timestamp();
    }

    private static <T> T convert(Class<T> type, Object value, Exchange exchange) {
        return value == null ? null : exchange.getContext().getTypeConverter().convertTo(type, exchange, value);
    }

    private byte[] key(Login login, Exchange exchange) throws IOException {
        Object set = configuration.getKey() == null
                ? header(exchange.getMessage(), KafkaConstants.KEY)
                : configuration.getKey();
        boolean unchanged = set == null || set == login.source().key() && !login.isDeadLetter();
        return unchanged ? login.key() : LoginContent.bytes(set, exchange);
    }

    /** Without asking for all headers where a message has but few. */
    private static Object header(Message message, String name) {
        return message instanceof LoginMessage own && own.isSparse() ? own.set(name) : message.getHeader(name);
    }
}
