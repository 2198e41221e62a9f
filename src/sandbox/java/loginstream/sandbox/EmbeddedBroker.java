package loginstream.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka broker (KRaft, broker and controller in one) inside this process, on localhost only. It can be stopped
 * and started again with its data, which is in a temporary folder until it is closed.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final int NODE_ID = 1;

    private final int port;
    private final int controllerPort;
    private final Path data;
    private final Map<String, String> options;
    private KafkaRaftServer server;

    /** A broker on this port, not yet started. */
    public EmbeddedBroker(int port) {
        this(port, Map.of());
    }

    /**
     * A broker on this port, not yet started.
     *
     * @param options broker options over those of the sandbox; the controller's listener comes after those of {@code
     *     listeners}
     */
    public EmbeddedBroker(int port, Map<String, String> options) {
        this.port = port;
        this.controllerPort = FreePort.any();
        this.options = Map.copyOf(options);
        try {
            data = Files.createTempDirectory("loginstream-kafka-");
            format();
        } catch (Exception e) {
            throw new IllegalStateException("cannot prepare the broker's storage: " + e.getMessage(), e);
        }
    }

    private void format() throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setNodeId(NODE_ID)
                .setClusterId(Uuid.randomUuid().toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setControllerListenerName("CONTROLLER")
                .setDirectories(java.util.List.of(data.toString()))
                .setMetadataLogDirectory(data.toString())
                .run();
    }

    /** Starts it, or starts it again. */
    public void start() {
        server = new KafkaRaftServer(KafkaConfig.fromProps(toProperties()), Time.SYSTEM);
        server.startup();
    }

    /** Stops it; the data stays. */
    public void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    /** Where clients connect. */
    public String bootstrapServers() {
        return "localhost:" + port;
    }

    private java.util.Properties toProperties() {
        Map<String, String> all = new HashMap<>();
        all.put("process.roles", "broker,controller");
        all.put("node.id", Integer.toString(NODE_ID));
        all.put("listeners", "PLAINTEXT://localhost:" + port);
        all.put("advertised.listeners", "PLAINTEXT://localhost:" + port);
        all.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        all.put("controller.listener.names", "CONTROLLER");
        all.put("controller.quorum.voters", NODE_ID + "@localhost:" + controllerPort);
        all.put("log.dirs", data.toString());
        // One broker: every internal topic has one replica, and few partitions start faster.
        all.put("offsets.topic.replication.factor", "1");
        all.put("offsets.topic.num.partitions", "3");
        all.put("transaction.state.log.replication.factor", "1");
        all.put("transaction.state.log.min.isr", "1");
        all.put("transaction.state.log.num.partitions", "3");
        // One member: do not wait for others.
        all.put("group.initial.rebalance.delay.ms", "0");
        all.put("auto.create.topics.enable", "false");
        // 128 MiB by default, all of it taken at the start.
        all.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
        all.putAll(options);
        all.merge("listeners", ",CONTROLLER://localhost:" + controllerPort, String::concat);
        java.util.Properties properties = new java.util.Properties();
        properties.putAll(all);
        return properties;
    }

    @Override
    public void close() {
        stop();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
