package loginstream.sandbox;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import loginstream.Sandbox;
import loginstream.config.reading.InvalidSettingException;
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
    public String start(int port, Topics topics) {
        requireFree(port);
        broker = new EmbeddedBroker(port, STEPS_MAY_SEND_ANYWHERE);
        broker.start();
        createTopics(broker.bootstrapServers(), topics);
        return broker.bootstrapServers();
    }

    private static void requireFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress("localhost", port));
        } catch (IOException e) {
            throw new InvalidSettingException(
                    "sandbox.kafka.port=" + port
                            + " cannot be used: the port is taken; stop what listens there, or set SANDBOX_KAFKA_PORT to another");
        }
    }

    private static void createTopics(String bootstrapServers, Topics topics) {
        List<NewTopic> wanted = List.of(
                new NewTopic(topics.input(), PARTITIONS, (short) 1),
                new NewTopic(topics.output(), PARTITIONS, (short) 1),
                new NewTopic(topics.deadLetter(), PARTITIONS, (short) 1).configs(ROOM_FOR_HEADERS));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
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
