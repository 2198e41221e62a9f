package loginstream.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import loginstream.kafka.Reason;
import loginstream.kafka.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;

/** Whether the topics are there, and whether they take what will be sent to them. */
final class TopicChecks {
    private static final String TOPIC = "topic";

    private final Admin admin;
    private final Topics topics;
    private final CheckReport report;

    TopicChecks(Admin admin, Topics topics, CheckReport report) {
        this.admin = admin;
        this.topics = topics;
        this.report = report;
    }

    /**
     * Checks them.
     *
     * @param present the names of all topics that there are
     */
    void run(Set<String> present) throws InterruptedException {
        Stream.of(topics.input(), topics.output(), topics.deadLetter()).forEach(topic -> {
            if (present.contains(topic)) {
                report.ok(TOPIC, topic + " is there");
            } else {
                report.failed(TOPIC, topic + " is not there; create it");
            }
        });
        if (!present.contains(topics.input())) {
            return;
        }
        TopicOptions input = options(topics.input());
        if (present.contains(topics.output())) {
            TopicOptions output = options(topics.output());
            fail(output.refusedTimestamps(input));
            fail(output.lostTimestamps(input));
        }
        if (present.contains(topics.deadLetter())) {
            TopicOptions deadLetters = options(topics.deadLetter());
            fail(deadLetters.missingRoomForHeaders(input));
            fail(deadLetters.refusedTimestamps(input));
        }
    }

    private void fail(Stream<String> findings) {
        findings.forEach(finding -> report.failed(TOPIC, finding));
    }

    /** All that the brokers tell; who may write to a topic need not have the right to see its options. */
    private TopicOptions options(String topic) throws InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<String, String> options = new HashMap<>();
        try {
            admin.describeConfigs(List.of(resource))
                    .values()
                    .get(resource)
                    .get()
                    .entries()
                    .forEach(entry -> options.put(entry.name(), entry.value()));
        } catch (ExecutionException e) {
            report.warn(TOPIC, "the options of " + topic + " cannot be compared: " + Reason.message(e));
        }
        return new TopicOptions(topic, options);
    }
}
