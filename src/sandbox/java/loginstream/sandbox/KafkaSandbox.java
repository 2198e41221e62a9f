package loginstream.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import loginstream.Sandbox;
import loginstream.kafka.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The embedded broker with the three topics of the settings. */
public final class KafkaSandbox implements Sandbox {
    private static final int PARTITIONS = 3;
    /** A dead letter is a record of the input and its headers on top. */
    private static final Map<String, String> ROOM_FOR_HEADERS = Map.of("max.message.bytes", Integer.toString(2 << 20));

    /** Here nobody can make a topic for a route that is being tried; on a cluster one that is not there is waited for. */
    private static final Map<String, String> STEPS_MAY_SEND_ANYWHERE = Map.of("auto.create.topics.enable", "true");

    private EmbeddedBroker broker;

    @Override
    public String start(int port) {
        FreePort.require(
                port,
                () -> "sandbox.kafka.port=" + port
                        + " cannot be used: the port is taken; stop what listens there, or set SANDBOX_KAFKA_PORT to another");
        broker = new EmbeddedBroker(port, STEPS_MAY_SEND_ANYWHERE);
        broker.start();
        return broker.bootstrapServers();
    }

    @Override
    public void create(Topics topics) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Set<String> there = admin.listTopics().names().get();
            List<NewTopic> wanted = Stream.of(topics.input(), topics.output(), topics.deadLetter())
                    .filter(topic -> !topic.isEmpty() && !there.contains(topic))
                    .map(topic -> new NewTopic(topic, PARTITIONS, (short) 1))
                    .map(topic -> topic.name().equals(topics.deadLetter()) ? topic.configs(ROOM_FOR_HEADERS) : topic)
                    .toList();
            TopicCreation.createAndAwait(admin, wanted);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topics", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "cannot create topics: " + e.getCause().getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (broker != null) {
            broker.close();
        }
    }
}
