package loginstream.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import loginstream.Application;
import loginstream.config.Settings;
import loginstream.config.reading.InvalidSettingException;
import loginstream.kafka.AdminClients;
import loginstream.kafka.ClientProperties;
import loginstream.kafka.Reason;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells whether the pipeline would run: one line for each check. */
@Command(
        name = "check",
        description = "Checks the settings, the brokers, the topics and the YAML routes; runs nothing.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int MISCONFIGURED = 2;
    private static final int TIMEOUT_SECONDS = 10;
    /** A stack trace, the message it begins with, a reason, and the rest. */
    private static final int HEADER_BYTES = 16 * 1024;

    @Spec
    private CommandSpec spec;

    private int exitCode;

    @Override
    public Integer call() throws InterruptedException {
        Settings settings;
        try {
            settings = Settings.load();
            ok("configuration", "every setting can be used");
        } catch (InvalidSettingException e) {
            e.problems().forEach(problem -> bad("configuration", problem, MISCONFIGURED));
            return exitCode;
        }
        checkRoutes(settings);
        if (settings.kafka().isSandbox()) {
            bad("brokers", "KAFKA_BOOTSTRAP_SERVERS is not set", MISCONFIGURED);
        } else {
            checkCluster(settings);
        }
        return exitCode;
    }

    private void checkRoutes(Settings settings) {
        try {
            Application.yamlRoutes(settings).load();
            ok("routes", settings.routes().directory() + "/*.camel.yaml load");
        } catch (InvalidSettingException e) {
            bad("routes", e.getMessage(), MISCONFIGURED);
        }
    }

    private void checkCluster(Settings settings) throws InterruptedException {
        try (Admin admin = AdminClients.open(new ClientProperties(settings))) {
            Set<String> topics = admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            ok("brokers", settings.kafka().bootstrapServers() + " can be reached");
            checkTopic(settings.topics().input(), topics);
            checkTopic(settings.topics().output(), topics);
            checkTopic(settings.topics().deadLetter(), topics);
            if (topics.contains(settings.topics().input())
                    && topics.contains(settings.topics().deadLetter())) {
                checkRoomForHeaders(admin, settings.topics());
            }
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            bad("brokers", settings.kafka().bootstrapServers() + " cannot be reached: " + Reason.message(e), FAILED);
        }
    }

    private void checkTopic(String topic, Set<String> topics) {
        if (topics.contains(topic)) {
            ok("topic", topic + " is there");
        } else {
            bad("topic", topic + " is not there; create it", FAILED);
        }
    }

    /** A dead letter is a record of the input and the headers that tell why: a topic for both must take more. */
    private void checkRoomForHeaders(Admin admin, Settings.Topics topics) throws InterruptedException {
        try {
            long input = maxMessageBytes(admin, topics.input());
            long deadLetter = maxMessageBytes(admin, topics.deadLetter());
            if (deadLetter < input + HEADER_BYTES) {
                line(
                        "WARN  ",
                        "topic",
                        topics.deadLetter() + " takes records up to " + deadLetter + " bytes and " + topics.input()
                                + " up to " + input + ": a dead letter has up to " + HEADER_BYTES
                                + " bytes of headers more, so raise max.message.bytes of " + topics.deadLetter());
            }
        } catch (ExecutionException | TimeoutException e) {
            line("WARN  ", "topic", "max.message.bytes cannot be compared: " + Reason.message(e));
        }
    }

    private static long maxMessageBytes(Admin admin, String topic)
            throws ExecutionException, InterruptedException, TimeoutException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return Long.parseLong(admin.describeConfigs(List.of(resource))
                .all()
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .get(resource)
                .get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
                .value());
    }

    private void ok(String what, String message) {
        line("ok    ", what, message);
    }

    private void bad(String what, String message, int code) {
        exitCode = Math.max(exitCode, code);
        line("FAILED", what, message);
    }

    private void line(String result, String what, String message) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%s  %-13s  %s%n", result, what, message.replaceAll("\\s+", " "));
        out.flush();
    }
}
