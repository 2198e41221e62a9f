package loginstream.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import loginstream.kafka.Topics;
import loginstream.kafka.failure.Reason;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

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

    /** Checks them. */
    void run() throws InterruptedException {
        boolean input = isThere(topics.input());
        boolean output = !topics.output().isEmpty() && isThere(topics.output());
        boolean deadLetter = isThere(topics.deadLetter());
        if (!input) {
            return;
        }
        TopicOptions taken = options(topics.input());
        if (output) {
            TopicOptions results = options(topics.output());
            fail(results.refusedTimestamps(taken));
            fail(results.lostTimestamps(taken));
        }
        if (deadLetter) {
            TopicOptions deadLetters = options(topics.deadLetter());
            fail(deadLetters.missingRoomForHeaders(taken));
            fail(deadLetters.refusedTimestamps(taken));
        }
    }

    private boolean isThere(String topic) throws InterruptedException {
        try {
            admin.describeTopics(List.of(topic)).topicNameValues().get(topic).get();
            report.ok(TOPIC, topic + " is there");
            return true;
        } catch (ExecutionException e) {
            boolean missing = e.getCause() instanceof UnknownTopicOrPartitionException;
            report.failed(TOPIC, topic + (missing ? " is not there; create it" : ": " + Reason.message(e)));
            return false;
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
