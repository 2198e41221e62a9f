package loginstream.steps;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import loginstream.Application;
import loginstream.deadletter.DeadLetterHeaders;
import loginstream.fixture.Cluster;
import loginstream.fixture.Logins;
import loginstream.fixture.PipelineProcess;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import loginstream.metrics.LoginMetrics;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Ordinary steps of a YAML route, over a real broker, exactly once. */
@ExtendWith(SharedBroker.class)
class StepsIT {
    private static final String BEFORE = "        - process:\n            ref: loginEnricher\n";
    private static final String FIRST = "      steps:\n        - unmarshal:\n";
    private static final String DROPS_UNWANTED = """
                    - filter:
                        simple: ${body[locale]} == 'XX'
                        steps:
                          - stop: {}
            """;
    private static final String THROWS_AT_TROUBLE = """
                    - filter:
                        simple: ${body[trouble]} == 'yes'
                        steps:
                          - throwException:
                              exceptionType: java.lang.IllegalStateException
                              message: no database
            """;
    private static final String REMOVES_IP_AND_SETS_REGION = """
                    - setHeader:
                        name: region
                        simple: ${body[locale]}
                    - script:
                        simple: ${body.remove('ip')}
            """;

    @TempDir
    private Path folder;

    @Test
    void survivesSigkill(Cluster cluster) throws Exception {
        // Given eight kinds of steps
        MixedLogins logins = new MixedLogins(10_000, 25);
        TestTopics topics = cluster.freshTopics(4);
        String id = topics.input();
        List<String> locales = List.of("RU", "DE", "FR", "US");
        Stream.concat(Stream.of("ios", "audit", "m1", "m2", "caught"), locales.stream())
                .forEach(name -> cluster.create(id + '-' + name, 3));
        route(topics, DROPS_UNWANTED + """
                        - choice:
                            when:
                              - simple: ${body[device_type]} == 'iOS'
                                steps:
                                  - to: kafka:ID-ios
                """ + REMOVES_IP_AND_SETS_REGION + """
                        - to: direct:audit
                        - multicast:
                            steps:
                              - to: kafka:ID-m1
                              - to: kafka:ID-m2
                        - toD: kafka:ID-${body[locale]}
                        - doTry:
                            steps:
                """ + THROWS_AT_TROUBLE.indent(6) + """
                            doCatch:
                              - exception:
                                  - java.lang.IllegalStateException
                                steps:
                                  - to: kafka:ID-caught
                """, """
                - route:
                    id: audit
                    from:
                      uri: direct:audit
                      steps:
                        - to: kafka:ID-audit
                """);
        cluster.send(logins.records(topics));

        // When
        try (PipelineProcess first = start(cluster, topics)) {
            await().atMost(1, MINUTES)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> isStoppedInTheMiddle(cluster, topics, first));
        }
        try (PipelineProcess second = start(cluster, topics)) {
            await().atMost(1, MINUTES).until(() -> isDone(cluster, topics, second.process()::isAlive));
        }

        // Then
        List<ConsumerRecord<byte[], byte[]>> output = logins.assertExactly(cluster, topics.output(), logins::isGood);
        logins.assertExactly(cluster, topics.deadLetter(), logins::isInvalid);
        logins.assertExactly(cluster, id + "-ios", n -> logins.isGood(n) && logins.isApple(n));
        logins.assertExactly(cluster, id + "-caught", n -> logins.isGood(n) && logins.isTrouble(n));
        for (String name : List.of("audit", "m1", "m2")) {
            logins.assertExactly(cluster, id + '-' + name, logins::isGood);
        }
        for (String locale : locales) {
            logins.assertExactly(
                    cluster,
                    id + '-' + locale,
                    n -> logins.isGood(n) && logins.locale(n).equals(locale));
        }
        assertChanged(logins, output);
    }

    @Test
    void isExactWithFailuresAndRetries(Cluster cluster) throws Exception {
        // Given a sub-route that throws when it has sent, which its caller tries again, and a step that throws
        MixedLogins logins = new MixedLogins(20_000, 25);
        TestTopics topics = cluster.freshTopics(4);
        String other = topics.input() + "-ios";
        cluster.create(other, 3);
        route(topics, DROPS_UNWANTED + """
                        - choice:
                            when:
                              - simple: ${body[device_type]} == 'iOS'
                                steps:
                                  - to: direct:ios
                """ + REMOVES_IP_AND_SETS_REGION + THROWS_AT_TROUBLE, """
                - route:
                    id: ios
                    errorHandler:
                      noErrorHandler: {}
                    from:
                      uri: direct:ios
                      steps:
                        - to: kafka:ID-ios
                """ + THROWS_AT_TROUBLE);
        cluster.send(logins.records(topics));

        // When
        LoginMetrics.Totals totals = runUntilDone(cluster, topics, Duration.ofSeconds(50));

        // Then
        IntPredicate dead = n -> logins.isInvalid(n) || logins.isGood(n) && logins.isTrouble(n);
        List<ConsumerRecord<byte[], byte[]>> output =
                logins.assertExactly(cluster, topics.output(), n -> logins.isGood(n) && !logins.isTrouble(n));
        List<ConsumerRecord<byte[], byte[]>> deadLetters = logins.assertExactly(cluster, topics.deadLetter(), dead);
        logins.assertExactly(cluster, other, n -> logins.isGood(n) && logins.isApple(n));
        assertChanged(logins, output);
        assertThat(deadLetters).allSatisfy(record -> assertDeadLetter(logins, record));
        int filtered = (int) IntStream.range(0, logins.count())
                .filter(n -> !logins.isInvalid(n) && logins.isUnwanted(n))
                .count();
        assertThat(totals).isEqualTo(new LoginMetrics.Totals(output.size(), filtered, deadLetters.size(), 0));
    }

    @Test
    void waitsOnceForAllThatFail(Cluster cluster) throws Exception {
        // Given
        MixedLogins logins = new MixedLogins(3_000, 5);
        TestTopics topics = cluster.freshTopics(4);
        route(topics, THROWS_AT_TROUBLE, "");
        cluster.send(logins.records(topics));

        // When
        runUntilDone(cluster, topics, Duration.ofSeconds(20));

        // Then
        IntPredicate dead = n -> logins.isInvalid(n) || logins.isTrouble(n);
        logins.assertExactly(cluster, topics.output(), dead.negate());
        assertThat(logins.assertExactly(cluster, topics.deadLetter(), dead))
                .allSatisfy(record -> assertDeadLetter(logins, record));
    }

    @Test
    void completesLoginsOnceTheyHaveCommitted(Cluster cluster) throws Exception {
        // Given
        MixedLogins logins = new MixedLogins(3_000, 25);
        TestTopics topics = cluster.freshTopics(2);
        Completions.watch(cluster, topics);
        route(topics, DROPS_UNWANTED + THROWS_AT_TROUBLE, "");
        first("""
                        - onCompletion:
                            steps:
                              - bean:
                                  beanType: loginstream.steps.StepsIT$Completions
                                  method: note
                """);
        cluster.send(logins.records(topics));

        // When
        runUntilDone(cluster, topics, Duration.ofSeconds(40));

        // Then each is there once, and none came too early
        List<String> all = cluster.ends(topics.input()).entrySet().stream()
                .flatMap(end -> IntStream.range(0, end.getValue().intValue())
                        .mapToObj(offset -> end.getKey().partition() + "@" + offset))
                .toList();
        assertThat(all).hasSize(logins.count());
        assertThat(Completions.NOTED).containsExactlyInAnyOrderElementsOf(all);
        assertThat(Completions.EARLY).isEmpty();
    }

    /** Named in the route. Asks the brokers what the group has committed, where it does not know yet. */
    public static final class Completions {
        private static final Queue<String> NOTED = new ConcurrentLinkedQueue<>();
        private static final Queue<String> EARLY = new ConcurrentLinkedQueue<>();

        private static Cluster brokers;
        private static TestTopics topics;
        private static volatile Map<TopicPartition, Long> committed = Map.of();

        static void watch(Cluster cluster, TestTopics watched) {
            brokers = cluster;
            topics = watched;
            committed = Map.of();
            NOTED.clear();
            EARLY.clear();
        }

        public void note(Exchange exchange) {
            int partition = exchange.getMessage().getHeader(KafkaConstants.PARTITION, Integer.class);
            long offset = exchange.getMessage().getHeader(KafkaConstants.OFFSET, Long.class);
            NOTED.add(partition + "@" + offset);
            BooleanSupplier known =
                    () -> committed.getOrDefault(new TopicPartition(topics.input(), partition), 0L) > offset;
            if (!known.getAsBoolean() && EARLY.isEmpty() && !isCommitted(known)) {
                EARLY.add(partition + "@" + offset);
            }
        }

        /** The brokers show it a little after the producer is told. Nothing can commit while this holds up the thread. */
        private static boolean isCommitted(BooleanSupplier known) {
            try {
                await().atMost(3, SECONDS).until(() -> {
                    committed = brokers.committed(topics.group());
                    return known.getAsBoolean();
                });
                return true;
            } catch (ConditionTimeoutException e) {
                return false;
            }
        }
    }

    /** The member that was removed is gone, the others are as they were, and the header is there. */
    private static void assertChanged(MixedLogins logins, List<ConsumerRecord<byte[], byte[]>> output) {
        assertThat(output).allSatisfy(record -> {
            int n = MixedLogins.number(record);
            assertThat(Logins.text(record.value()))
                    .startsWith(logins.value(n)
                                    .replaceFirst("\"ip\":\"[0-9.]+\",", "")
                                    .replaceFirst("}$", "")
                            + ",\"event_time\":")
                    .doesNotContain("\"ip\"");
            assertThat(header(record, "region")).isEqualTo(logins.locale(n));
        });
    }

    /** The record as it came, without what steps have set, and how often it was tried. */
    private static void assertDeadLetter(MixedLogins logins, ConsumerRecord<byte[], byte[]> record) {
        int n = MixedLogins.number(record);
        boolean invalid = logins.isInvalid(n);
        assertThat(Logins.text(record.value())).isEqualTo(logins.value(n));
        assertThat(record.headers().lastHeader("region")).isNull();
        assertThat(header(record, DeadLetterHeaders.FAILURE)).isEqualTo(invalid ? "invalid" : "processing");
        assertThat(header(record, DeadLetterHeaders.ATTEMPTS)).isEqualTo(invalid ? "1" : "4");
        assertThat(header(record, DeadLetterHeaders.REASON)).contains(invalid ? "device_type: missing" : "no database");
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        assertThat(record.headers().headers(name)).as(name).hasSize(1);
        return Logins.text(record.headers().lastHeader(name).value());
    }

    private LoginMetrics.Totals runUntilDone(Cluster cluster, TestTopics topics, Duration atMost) throws Exception {
        Application application = new Application(topics.settings(cluster, yaml()));
        try (application) {
            application.start();
            await().atMost(atMost).until(() -> isDone(cluster, topics, () -> true));
        }
        return application.metrics().totals();
    }

    private static boolean isDone(Cluster cluster, TestTopics topics, BooleanSupplier alive) {
        assertThat(alive.getAsBoolean()).isTrue();
        return cluster.isCaughtUp(topics.input(), topics.group());
    }

    /** Some has committed, and some was sent and has not. If that is not so now, the process goes on. */
    private static boolean isStoppedInTheMiddle(Cluster cluster, TestTopics topics, PipelineProcess process)
            throws InterruptedException {
        assertThat(cluster.isCaughtUp(topics.input(), topics.group())).isFalse();
        if (cluster.committed(topics.group()).isEmpty()) {
            return false;
        }
        process.signal("STOP");
        if (!cluster.committedEnds(topics.output()).equals(cluster.ends(topics.output()))) {
            return true;
        }
        process.signal("CONT");
        return false;
    }

    private PipelineProcess start(Cluster cluster, TestTopics topics) {
        List<String> settings = new ArrayList<>(List.of(yaml()));
        settings.addAll(List.of("loginstream.batch.size", "250"));
        return PipelineProcess.start(topics.properties(cluster, settings.toArray(String[]::new)), "run");
    }

    private String[] yaml() {
        return new String[] {"loginstream.routes", "yaml", "loginstream.routes.directory", folder.toString()};
    }

    /** The route with these steps before the enricher, and other routes beside it. ID stands for the input topic. */
    private void route(TestTopics topics, String steps, String others) throws Exception {
        String original = Files.readString(Path.of("routes/user-login.camel.yaml"));
        assertThat(original).contains(BEFORE);
        Files.writeString(file(), (original.replace(BEFORE, steps + BEFORE) + others).replace("ID", topics.input()));
    }

    /** Puts this before the first step of the route. */
    private void first(String definition) throws Exception {
        String before = Files.readString(file());
        assertThat(before).contains(FIRST);
        Files.writeString(file(), before.replace(FIRST, FIRST.replace("steps:\n", "steps:\n" + definition)));
    }

    private Path file() {
        return folder.resolve("user-login.camel.yaml");
    }
}
