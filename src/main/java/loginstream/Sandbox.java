package loginstream;

import loginstream.kafka.Topics;

/**
 * A Kafka cluster for trying things out, found by {@link java.util.ServiceLoader}. Production builds have none.
 */
public interface Sandbox extends AutoCloseable {

    /**
     * Starts a broker.
     *
     * @param port where the broker listens, on localhost
     * @return the bootstrap servers
     * @throws loginstream.config.reading.InvalidSettingException if it cannot start with these settings, e.g. on a port that is
     *     taken
     */
    String start(int port);

    /** Creates topics, those that are not there yet. */
    void create(Topics topics);

    /** Stops the broker and removes its data. */
    @Override
    void close();
}
