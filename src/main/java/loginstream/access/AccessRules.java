package loginstream.access;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import loginstream.deadletter.redrive.Redriver;
import loginstream.deadletter.store.RedriveLog;
import loginstream.delivery.DeliveryGuarantee;
import loginstream.kafka.ClientProperties;
import loginstream.kafka.Topics;
import loginstream.replay.ReplayRequest;

/**
 * The rights that each command needs, and no others: for settings as they are, so that names are right. Whatever tells
 * people of rights, or looks whether they are there, takes them from here.
 *
 * @param others topics that steps of routes send to, beside the output
 */
public record AccessRules(Topics topics, String group, DeliveryGuarantee delivery, List<String> others) {

    /** What needs rights, by the words of the command line. */
    public enum Command {
        RUN,
        CHECK,
        GENERATE,
        DEAD_LETTERS,
        REPLAY;

        /** As the command line has it: {@code dead-letters}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * What commands need, by their words.
     *
     * @param replayed topic that a replay writes to
     */
    public Map<String, List<AccessRule>> of(Collection<Command> commands, String replayed) {
        Map<String, List<AccessRule>> rules = new LinkedHashMap<>();
        commands.forEach(command -> rules.put(command.word(), of(command, replayed)));
        return rules;
    }

    /**
     * What a command needs.
     *
     * @param replayed topic that a replay writes to
     */
    public List<AccessRule> of(Command command, String replayed) {
        return switch (command) {
            case RUN -> run();
            case CHECK -> check();
            case GENERATE -> generate();
            case DEAD_LETTERS -> deadLetters();
            case REPLAY -> replay(replayed);
        };
    }

    /** What the pipeline needs. */
    public List<AccessRule> run() {
        List<AccessRule> rules = new ArrayList<>();
        rules.add(AccessRule.on(TOPIC, topics.input(), READ, "logins come from there"));
        rules.add(AccessRule.on(GROUP, group, READ, "shares the partitions, and remembers how far they are done"));
        written().forEach(topic -> rules.add(AccessRule.on(TOPIC, topic, WRITE, "results go there")));
        if (delivery == DeliveryGuarantee.EXACTLY_ONCE) {
            rules.add(transactions());
        }
        results()
                .forEach(topic -> rules.add(
                        AccessRule.on(TOPIC, topic, DESCRIBE_CONFIGS, "batches are made no larger than the topic takes")
                                .optional()));
        return rules;
    }

    private Stream<String> written() {
        return Stream.concat(results(), others.stream());
    }

    private Stream<String> results() {
        return Stream.of(topics.output(), topics.deadLetter()).filter(topic -> !topic.isEmpty());
    }

    private AccessRule transactions() {
        return AccessRule.onAll(
                TRANSACTIONAL_ID,
                ClientProperties.transactionalIdPrefix(group),
                WRITE,
                "results and offsets commit together");
    }

    private List<AccessRule> check() {
        List<AccessRule> rules = new ArrayList<>(run());
        rules.add(AccessRule.on(TOPIC, topics.input(), DESCRIBE_CONFIGS, "compares what the topics take")
                .optional());
        return rules;
    }

    private List<AccessRule> generate() {
        return List.of(AccessRule.on(TOPIC, topics.input(), WRITE, "made-up logins go there"));
    }

    private List<AccessRule> deadLetters() {
        String log = RedriveLog.topicFor(topics.deadLetter());
        String redrive = "only for redrive";
        return List.of(
                AccessRule.on(TOPIC, topics.deadLetter(), READ, "dead letters are there"),
                AccessRule.on(TOPIC, log, READ, "tells which were sent again"),
                AccessRule.on(TOPIC, log, CREATE, redrive + ", where the topic is not there yet")
                        .optional(),
                AccessRule.on(TOPIC, log, WRITE, redrive),
                AccessRule.on(TOPIC, topics.input(), WRITE, redrive),
                AccessRule.on(TRANSACTIONAL_ID, Redriver.transactionalId(topics.deadLetter()), WRITE, redrive));
    }

    private List<AccessRule> replay(String output) {
        List<AccessRule> rules = new ArrayList<>();
        rules.add(AccessRule.on(TOPIC, topics.input(), READ, "logins of the past are there"));
        rules.add(AccessRule.onAll(
                GROUP, ReplayRequest.groupPrefix(group), READ, "remembers how far each replay is done"));
        rules.add(transactions());
        Stream.concat(
                        Stream.of(output, ReplayRequest.deadLetters(output)),
                        others.stream().map(topic -> output + "." + topic))
                .forEach(topic -> rules.add(AccessRule.on(TOPIC, topic, WRITE, "results go there")));
        Stream.of(output, ReplayRequest.deadLetters(output))
                .forEach(topic -> rules.add(AccessRule.on(TOPIC, topic, CREATE, "where it is not there yet")
                        .optional()));
        return rules;
    }
}
