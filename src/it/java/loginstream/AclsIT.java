package loginstream;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import loginstream.access.AccessRule;
import loginstream.access.AccessRules;
import loginstream.access.AccessRules.Command;
import loginstream.config.Settings;
import loginstream.deadletter.store.RecordPosition;
import loginstream.delivery.DeliveryGuarantee;
import loginstream.fixture.Health;
import loginstream.fixture.NumberedLogins;
import loginstream.fixture.PipelineProcess;
import loginstream.fixture.SecuredBroker;
import loginstream.fixture.TestTopics;
import loginstream.kafka.Topics;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rights that are named are enough, and each of them is needed. */
class AclsIT {
    private static final String PRINCIPAL = "User:" + SecuredBroker.LIMITED;
    private static final String REPLAYED = "replayed";
    private static final int COUNT = 500;

    private static SecuredBroker broker;

    @TempDir
    private Path folder;

    private TestTopics topics;
    private AccessRules rules;
    private Properties properties;

    @BeforeAll
    static void start() {
        broker = new SecuredBroker();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void topics() throws Exception {
        topics = broker.cluster().freshTopics(2);
        broker.cluster().alter(topics.deadLetter(), "max.message.bytes", Integer.toString(9 << 20));
        rules = new AccessRules(
                new Topics(topics.input(), topics.output(), topics.deadLetter()),
                topics.group(),
                DeliveryGuarantee.EXACTLY_ONCE,
                List.of());
        properties = topics.properties(
                broker.cluster(),
                broker.login(SecuredBroker.LIMITED, "SCRAM-SHA-512", folder).toArray(String[]::new));
    }

    @Test
    void areEnoughForThePipelineAndEachIsMissed() throws Exception {
        grant(rules.of(Command.CHECK, REPLAYED));
        assertThat(command(0, "check")).contains("rights", "all that run needs");
        int sent = 0;
        Settings settings = Settings.load(properties, Map.of());
        Health health = new Health(settings);
        for (AccessRule rule : rules.run()) {
            // When
            broker.revoke(rule.binding(PRINCIPAL));

            // Then
            try (PipelineProcess check = PipelineProcess.start(properties, "check")) {
                if (rule.needed()) {
                    sent = waitsForIt(rule, sent, health, check);
                } else {
                    assertThat(ended(check, 0)).contains(rule + " is missing");
                    broker.grant(List.of(rule.binding(PRINCIPAL)));
                }
            }
        }
        NumberedLogins.assertExactlyOnce(broker.cluster(), topics, sent);
    }

    /** A pipeline without the right, to which it is given while it runs. */
    private int waitsForIt(AccessRule rule, int sent, Health health, PipelineProcess check) throws Exception {
        broker.cluster().send(NumberedLogins.records(topics, sent, sent + COUNT));
        try (PipelineProcess process = PipelineProcess.start(properties)) {
            await().atMost(30, SECONDS).untilAsserted(() -> assertThat(process.output())
                    .contains("the brokers refuse access: no right on ", named(rule)));
            assertThat(ended(check, 1)).contains(rule + " is missing");
            await().during(2, SECONDS).atMost(10, SECONDS).until(() -> health.isLive() && !health.isReady());
            assertThat(process.output()).doesNotContain("\tat ");
            assertThat(process.output().lines().filter(text -> text.contains("refuse access")))
                    .as("once for each of what is tried")
                    .hasSizeLessThanOrEqualTo(2);

            broker.grant(List.of(rule.binding(PRINCIPAL)));
            await().atMost(40, SECONDS)
                    .untilAsserted(
                            () -> assertThat(isCaughtUp()).as(process.output()).isTrue());
            await().atMost(20, SECONDS).until(health::isReady);
            process.signal("TERM");
            process.exitCode(30);
        }
        return sent + COUNT;
    }

    @Test
    void thatAnotherRouteLacksDoNotHoldUpLogins() throws Exception {
        // Given
        grant(rules.run());
        String other = "secret-" + topics.input();
        broker.cluster().create(other, 1);
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Files.copy(Path.of("routes/user-login.camel.yaml"), routes.resolve("user-login.camel.yaml"));
        Files.writeString(
                routes.resolve("other.camel.yaml"),
                "- route: {id: other, from: {uri: 'kafka:" + other + "', steps: [{log: 'never'}]}}");
        properties.setProperty("loginstream.routes", "yaml");
        properties.setProperty("loginstream.routes.directory", routes.toString());
        Health health = new Health(Settings.load(properties, Map.of()));

        // When
        try (PipelineProcess process = PipelineProcess.start(properties)) {
            await().atMost(30, SECONDS).untilAsserted(() -> assertThat(process.output())
                    .contains("the brokers refuse access: no right on "));
            for (int sent = 0; sent < 5 * COUNT; sent += COUNT) {
                broker.cluster().send(NumberedLogins.records(topics, sent, sent + COUNT));

                // Then
                await().atMost(3, SECONDS).until(this::isCaughtUp);
            }
            assertThat(health.isReady()).isTrue();
        }
        NumberedLogins.assertExactlyOnce(broker.cluster(), topics, 5 * COUNT);
    }

    /** As lines name it: the brokers do not say which transactional id they refuse. */
    private static String named(AccessRule rule) {
        return switch (rule.resource().resourceType()) {
            case TRANSACTIONAL_ID -> "the transactional id";
            case GROUP -> "group " + rule.resource().name();
            default -> rule.resource().name();
        };
    }

    @Test
    void areEnoughForTheCommandsAndEachIsMissed() throws Exception {
        // Given
        grant(rules.run());
        broker.cluster().send(NumberedLogins.records(topics, 0, COUNT));
        try (Application application = new Application(Settings.load(properties, Map.of()))) {
            application.start();
            await().atMost(40, SECONDS).until(this::isCaughtUp);
        }
        for (AccessRule rule : rules.run()) {
            broker.revoke(rule.binding(PRINCIPAL));
        }

        // Then
        assertEachIsMissed(Command.GENERATE, () -> new String[] {"generate", "--count", "1"});
        Iterator<RecordPosition> deadLetters = broker.cluster().readCommitted(topics.deadLetter()).stream()
                .map(record -> new RecordPosition(record.topic(), record.partition(), record.offset()))
                .iterator();
        assertEachIsMissed(Command.DEAD_LETTERS, () -> new String[] {
            "dead-letters", "redrive", "--yes", deadLetters.next().toString()
        });
        String[] replay = {"replay", "--from", "1h", "--output", REPLAYED + topics.output()};
        assertEachIsMissed(Command.REPLAY, () -> replay); // an hour before now is another replay each time
    }

    private void assertEachIsMissed(Command command, Supplier<String[]> arguments) throws Exception {
        List<AccessRule> needed = rules.of(command, REPLAYED + topics.output());
        grant(needed);
        assertThat(command(0, arguments.get())).isNotBlank();
        for (AccessRule rule : needed) {
            broker.revoke(rule.binding(PRINCIPAL));
            if (command == Command.REPLAY && rule.operation() == AclOperation.WRITE) {
                assertWaits(rule, arguments.get());
            } else if (rule.needed()) {
                assertThat(command(1, arguments.get()))
                        .as("without %s", rule)
                        .contains("the brokers refuse access: ", named(rule));
            }
            broker.grant(List.of(rule.binding(PRINCIPAL)));
        }
        for (AccessRule rule : needed) {
            broker.revoke(rule.binding(PRINCIPAL));
        }
    }

    /** A replay is a pipeline, too: it goes on when it may. */
    private void assertWaits(AccessRule rule, String... arguments) throws InterruptedException {
        try (PipelineProcess process = PipelineProcess.start(properties, arguments)) {
            await().atMost(30, SECONDS).untilAsserted(() -> assertThat(process.output())
                    .contains("the brokers refuse access: ", named(rule)));
            broker.grant(List.of(rule.binding(PRINCIPAL)));
            assertThat(process.exitCode(60)).as(process.output()).isZero();
        }
    }

    private boolean isCaughtUp() {
        return broker.cluster().isCaughtUp(topics.input(), topics.group());
    }

    private static void grant(Collection<AccessRule> rules) {
        broker.grant(rules.stream().map(rule -> rule.binding(PRINCIPAL)).toList());
    }

    private String command(int exitCode, String... arguments) throws InterruptedException {
        try (PipelineProcess process = PipelineProcess.start(properties, arguments)) {
            return ended(process, exitCode);
        }
    }

    private static String ended(PipelineProcess process, int exitCode) throws InterruptedException {
        int code = process.exitCode(60);
        assertThat(code).as(process.output()).isEqualTo(exitCode);
        assertThat(process.output()).doesNotContain("\tat ", SecuredBroker.PASSWORD);
        return process.output();
    }
}
