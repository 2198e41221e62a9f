package loginstream.cli;

import java.util.ServiceLoader;
import loginstream.Sandbox;
import loginstream.config.Settings;
import loginstream.config.reading.InvalidSettingException;

/** The brokers that commands beside the pipeline talk to. */
final class RunningCluster {
    private RunningCluster() {}

    /**
     * The settings of this process; without brokers in them, those for the sandbox of another process.
     *
     * @param command that asks
     * @throws InvalidSettingException if there are no brokers in them, and this build knows no sandbox
     */
    static Settings settings(String command) {
        Settings settings = Settings.load();
        if (!settings.kafka().isSandbox()) {
            return settings;
        }
        if (ServiceLoader.load(Sandbox.class, Sandbox.class.getClassLoader())
                .findFirst()
                .isEmpty()) {
            throw new InvalidSettingException("KAFKA_BOOTSTRAP_SERVERS is not set: " + command
                    + " needs to know where the brokers are, e.g. localhost:29092");
        }
        return settings.withBootstrapServers("localhost:" + settings.sandbox().kafkaPort());
    }
}
