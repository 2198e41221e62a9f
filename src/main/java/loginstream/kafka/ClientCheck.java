package loginstream.kafka;

import java.util.Properties;
import loginstream.config.reading.Problems;
import loginstream.kafka.failure.Reason;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.JaasUtils;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * Whether options fit each other, ours and the user's. Kafka's clients look at most of that only when they are made, and
 * then the pipeline would try for ever.
 */
final class ClientCheck {
    private final Problems problems;
    private final boolean sandbox;

    /**
     * @param sandbox whether it is not known yet where the brokers are
     */
    ClientCheck(Problems problems, boolean sandbox) {
        this.problems = problems;
        this.sandbox = sandbox;
    }

    void run(Properties consumer, Properties producer, Properties admin) {
        try {
            check(new ConsumerConfig(reachable(consumer)));
            check(new ProducerConfig(reachable(producer)));
            AdminClientConfig admins = new AdminClientConfig(reachable(admin));
            check(admins);
            checkAccess(admins);
        } catch (ConfigException e) {
            problems.add("the options of Kafka's clients cannot be used together: " + e.getMessage());
        }
    }

    private Properties reachable(Properties properties) {
        if (sandbox) {
            properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
        }
        return properties;
    }

    private void check(ConsumerConfig consumer) {
        notLess(
                consumer,
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                consumer.getInt(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG) + 1L,
                "more than heartbeat.interval.ms");
    }

    private void check(ProducerConfig producer) {
        notLess(
                producer,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                producer.getLong(ProducerConfig.LINGER_MS_CONFIG)
                        + producer.getInt(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG),
                "linger.ms and request.timeout.ms together");
    }

    private void check(AdminClientConfig admin) {
        notLess(
                admin,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                admin.getInt(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG),
                "request.timeout.ms");
    }

    /** Whether key stores can be read and a login is there. The clients would say so only when they are made. */
    private void checkAccess(AbstractConfig client) {
        SecurityProtocol protocol =
                SecurityProtocol.forName(client.getString(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG));
        try {
            boolean tls = protocol == SecurityProtocol.SSL || protocol == SecurityProtocol.SASL_SSL;
            if (tls && client.getClass(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG) == null) {
                try (DefaultSslEngineFactory engines = new DefaultSslEngineFactory()) {
                    engines.configure(client.values());
                }
            }
            if (protocol == SecurityProtocol.SASL_PLAINTEXT || protocol == SecurityProtocol.SASL_SSL) {
                checkLogin(client, protocol);
            }
        } catch (KafkaException | IllegalArgumentException e) {
            String cause = e.getCause() == null ? "" : " (" + Reason.of(e) + ")";
            problems.add(ClientOptions.PREFIX + CommonClientConfigs.SECURITY_PROTOCOL_CONFIG + "=" + protocol
                    + " cannot be used with the other options: " + e.getMessage() + cause);
        }
    }

    private void checkLogin(AbstractConfig client, SecurityProtocol protocol) {
        if (client.getPassword(SaslConfigs.SASL_JAAS_CONFIG) == null
                && System.getProperty(JaasUtils.JAVA_LOGIN_CONFIG_PARAM) == null) {
            problems.add(ClientOptions.PREFIX + SaslLogin.USERNAME + " and " + ClientOptions.PREFIX + SaslLogin.PASSWORD
                    + ", or " + ClientOptions.PREFIX + SaslConfigs.SASL_JAAS_CONFIG + ", must be set where "
                    + ClientOptions.PREFIX + CommonClientConfigs.SECURITY_PROTOCOL_CONFIG + "=" + protocol);
        } else {
            JaasContext.loadClientContext(client.values());
        }
    }

    private void notLess(AbstractConfig client, String option, long least, String meaning) {
        int value = client.getInt(option);
        if (value < least) {
            problems.add(
                    ClientOptions.PREFIX + option,
                    Integer.toString(value),
                    "it must be at least " + least + ", " + meaning);
        }
    }
}
