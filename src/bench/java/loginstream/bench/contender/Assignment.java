package loginstream.bench.contender;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Properties;
import loginstream.config.Settings;
import loginstream.sandbox.FreePort;

/**
 * What a contender's process has to do; travels as one command line argument.
 *
 * @param contender a {@link ContenderKind} by its label
 * @param bootstrapServers where the broker is
 * @param input topic, already filled
 * @param output topic for good records
 * @param deadLetter topic for bad ones
 * @param group consumer group, transactional ids begin with it
 * @param warmUp records to be done before the measured part
 * @param records records of the measured part; with 0 it says when it is warm, and runs until standard input ends
 * @param consumers consumer threads
 * @param streamsLinger linger.ms of Kafka Streams' producer; negative leaves its default
 * @param managementPort a free port
 * @param routesDirectory where the YAML routes are
 * @param changedSettings of Loginstream, where it is not to be measured with its defaults
 */
public record Assignment(
        String contender,
        String bootstrapServers,
        String input,
        String output,
        String deadLetter,
        String group,
        long warmUp,
        long records,
        int consumers,
        int streamsLinger,
        int managementPort,
        String routesDirectory,
        Map<String, String> changedSettings) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Assignment of(String json) throws JsonProcessingException {
        return JSON.readValue(json, Assignment.class);
    }

    /** As the argument of the process. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same with other settings of Loginstream. */
    public Assignment with(Map<String, String> settings) {
        return new Assignment(
                contender,
                bootstrapServers,
                input,
                output,
                deadLetter,
                group,
                warmUp,
                records,
                consumers,
                streamsLinger,
                managementPort,
                routesDirectory,
                settings);
    }

    /** These as settings of Loginstream, all others with their defaults. */
    public Properties settings() {
        Properties properties = new Properties();
        properties.put("kafka.bootstrap.servers", bootstrapServers);
        properties.put("loginstream.input.topic", input);
        properties.put("loginstream.output.topic", output);
        properties.put("loginstream.dead-letter.topic", deadLetter);
        properties.put("loginstream.group", group);
        properties.put("loginstream.consumers", Integer.toString(consumers));
        properties.put("loginstream.routes.directory", routesDirectory);
        properties.put("camel.management.host", "127.0.0.1");
        properties.put("camel.management.port", Integer.toString(managementPort));
        properties.put("loginstream.console.port", Integer.toString(FreePort.any()));
        properties.putAll(changedSettings);
        return properties;
    }

    /** The settings of Loginstream with their defaults, for contenders that use its classes. */
    public Settings defaults() {
        return Settings.load(settings(), Map.of());
    }
}
