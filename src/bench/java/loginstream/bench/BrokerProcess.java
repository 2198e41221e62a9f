package loginstream.bench;

import java.util.Arrays;
import java.util.Map;
import loginstream.sandbox.EmbeddedBroker;
import loginstream.sandbox.TopicCreation;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A broker in a process of its own, until standard input ends, with the topics that are named after its port. Its data is
 * in the process's temporary folder.
 */
public final class BrokerProcess {
    static final String READY = "READY";

    private BrokerProcess() {}

    public static void main(String[] args) throws Exception {
        Map<String, String> options = Map.of(
                "log.retention.ms", "-1",
                // What a contender has written is not needed after its run.
                "log.segment.delete.delay.ms", "1000");
        try (EmbeddedBroker broker = new EmbeddedBroker(Integer.parseInt(args[0]), options)) {
            broker.start();
            try (Admin admin =
                    Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + args[0]))) {
                TopicCreation.createAndAwait(
                        admin,
                        Arrays.stream(args)
                                .skip(1)
                                .map(topic -> new NewTopic(topic, 1, (short) 1))
                                .toList());
            }
            System.out.println(READY);
            while (System.in.read() >= 0) {
                // nothing is expected but its end
            }
        }
        System.exit(0);
    }
}
