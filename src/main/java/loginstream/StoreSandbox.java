package loginstream;

import java.util.Map;

/** A store for trying things out, beside the {@link Sandbox}; found by {@link java.util.ServiceLoader}, in builds that ask for it. */
public interface StoreSandbox extends AutoCloseable {

    /** The sink that stores there. */
    String sink();

    /**
     * Starts it.
     *
     * @return the settings of the sink
     * @throws loginstream.config.reading.InvalidSettingException if it cannot start, e.g. on a port that is taken
     */
    Map<String, String> start();

    /** What to type to see what is stored. */
    String tryNext();

    /** Stops it, and removes its data. */
    @Override
    void close();
}
