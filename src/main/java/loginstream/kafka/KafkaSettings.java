package loginstream.kafka;

import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import loginstream.config.reading.SettingValues;
import org.apache.kafka.common.utils.Utils;

/**
 * How to reach the brokers.
 *
 * @param bootstrapServers host:port pairs; empty asks for the sandbox
 * @param options Kafka's own options for every client, e.g. {@code security.protocol}
 */
public record KafkaSettings(String bootstrapServers, GivenOptions options) {
    private static final String SERVERS = "bootstrap.servers";

    /** Reads them. */
    public static KafkaSettings read(SettingValues values) {
        Map<String, String> options = values.startingWith(ClientOptions.PREFIX);
        options.remove(SERVERS);
        return new KafkaSettings(
                values.parsed(
                        ClientOptions.PREFIX + SERVERS,
                        KafkaSettings::servers,
                        "host:port of one or more brokers, separated by commas"),
                GivenOptions.read(options, values.problems()));
    }

    private static Optional<String> servers(String servers) {
        return Optional.of(servers).filter(text -> SettingValues.list(text).stream()
                .allMatch(server -> Utils.getHost(server) != null && Utils.getPort(server) != null));
    }

    public boolean isSandbox() {
        return bootstrapServers.isEmpty();
    }

    /** The options for a client, brokers included, with the secrets that are valid now. */
    public Properties clientProperties() {
        Properties properties = new Properties();
        properties.putAll(options.now());
        properties.put(SERVERS, bootstrapServers);
        return properties;
    }
}
