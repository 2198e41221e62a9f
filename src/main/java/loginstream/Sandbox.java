package loginstream;

import loginstream.config.Settings;

/**
 * A Kafka cluster for trying things out, found by {@link java.util.ServiceLoader}. Production builds have none.
 */
public interface Sandbox extends AutoCloseable {

    /**
     * Starts a broker and creates the topics.
     *
     * @return the bootstrap servers
     * @throws loginstream.config.reading.InvalidSettingException if it cannot start with these settings, e.g. on a port that is
     *     taken
     */
    String start(Settings settings);

    /** Stops the broker and removes its data. */
    @Override
    void close();
}
