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
        return of(Settings.load(), command);
    }

    /** The same, for a command that has to do with the pipeline from the input to the output topic, and with no sink. */
    static Settings pipeline(String command) {
        Settings settings = settings(command);
        if (settings.sink().isStoring()) {
            throw new InvalidSettingException(
                    "loginstream.sink=" + settings.sink().name() + " is set, and " + command
                            + " has to do with the pipeline only: leave it empty");
        }
        return settings;
    }

    /** The same of settings that were read already. */
    static Settings of(Settings settings, String command) {
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
