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
import loginstream.Application;
import loginstream.fixture.Cluster;
import loginstream.fixture.Logins;
import loginstream.fixture.PipelineProcess;
import loginstream.fixture.Progress;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Ordinary steps in the YAML route, over a real broker, exactly once. */
@ExtendWith(SharedBroker.class)
class StepsIT {
    private static final String BEFORE = "        - process:\n            ref: loginEnricher\n";
    private static final String FAILING = """
                    - filter:
                        simple: ${body[fail]} == 'yes'
                        steps:
                          - throwException:
                              exceptionType: java.lang.IllegalStateException
                              message: no database
            """;

    @TempDir
    private Path folder;

    private TestTopics topics;

    @BeforeEach
    void topics(Cluster cluster) {
        topics = cluster.freshTopics(4);
    }

    @Test
    void eightKindsOfStepsSurviveAKill(Cluster cluster) throws Exception {
        // Given
        int count = 10_000;
        String id = topics.input();
        List<String> others = List.of(
                id + "-de", id + "-audit", id + "-m1", id + "-m2", id + "-RU", id + "-DE", id + "-FR", id + "-US");
        cluster.create(others);
        route("""
                        - filter:
                            simple: ${body[locale]} == 'XX'
                            steps:
                              - stop: {}
                        - choice:
                            when:
                              - simple: ${body[locale]} == 'DE'
                                steps:
                                  - to: kafka:ID-de
                        - setHeader:
                            name: region
                            simple: ${body[locale]}
                        - script:
                            simple: ${body.remove('ip')}
                        - to: direct:audit
                        - multicast:
                            steps:
                              - to: kafka:ID-m1
                              - to: kafka:ID-m2
                        - toD: kafka:ID-${body[locale]}
                        - doTry:
                            steps:
                              - filter:
                                  simple: ${body[fail]} == 'yes'
                                  steps:
                                    - throwException:
                                        exceptionType: java.lang.IllegalStateException
                                        message: no database
                            doCatch:
                              - exception:
                                  - java.lang.IllegalStateException
                                steps:
                                  - setHeader:
                                      name: caught
                                      simple: ${exception.message}
                """, """
                - route:
                    id: audit
                    from:
                      uri: direct:audit
                      steps:
                        - to: kafka:ID-audit
                """);
        cluster.send(StepLogins.records(topics, count, 25));

        // When
        PipelineProcess first = start(cluster);
        await().atMost(1, MINUTES).until(() -> Progress.none().isExceeded(cluster, topics));
        first.close();
        try (PipelineProcess second = start(cluster)) {
            await().atMost(1, MINUTES).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
            assertThat(second.process().isAlive()).isTrue();
        }

        // Then
        List<String> all = new ArrayList<>(others);
        all.add(topics.output());
        all.add(topics.deadLetter());
        StepLogins.assertExactly(cluster, all, count, n -> {
            String locale = StepLogins.locale(n);
            if (StepLogins.isInvalid(n)) {
                return List.of(topics.deadLetter());
            }
            if (locale.equals("XX")) {
                return List.of();
            }
            List<String> where =
                    new ArrayList<>(List.of(topics.output(), id + "-audit", id + "-m1", id + "-m2", id + "-" + locale));
            if (locale.equals("DE")) {
                where.add(id + "-de");
            }
            return where;
        });
        assertThat(cluster.readCommitted(topics.output())).allSatisfy(record -> {
            int n = StepLogins.number(record);
            assertThat(header(record, "region")).isEqualTo(StepLogins.locale(n));
            assertThat(header(record, "caught")).isEqualTo(StepLogins.isFailing(n, 25) ? "no database" : null);
            assertThat(Logins.text(record.value())).doesNotContain("\"ip\"").contains("\"processed_time\"");
        });
    }

    @Test
    void isExactWhileSomeAreFilteredSentElsewhereAndTriedAgain(Cluster cluster) throws Exception {
        // Given
        int count = 20_000;
        String german = topics.input() + "-de";
        cluster.create(List.of(german));
        route("""
                        - filter:
                            simple: ${body[locale]} == 'XX'
                            steps:
                              - stop: {}
                """ + FAILING + """
                        - script:
                            simple: ${body.remove('ip')}
                        - setHeader:
                            name: region
                            simple: ${body[locale]}
                        - choice:
                            when:
                              - simple: ${body[locale]} == 'DE'
                                steps:
                                  - to: kafka:ID-de
                """, "");
        cluster.send(StepLogins.records(topics, count, 25));

        // When
        runUntilCaughtUp(cluster, Duration.ofMinutes(1));

        // Then
        StepLogins.assertExactly(cluster, List.of(topics.output(), topics.deadLetter(), german), count, n -> {
            if (StepLogins.isInvalid(n)) {
                return List.of(topics.deadLetter());
            }
            if (StepLogins.locale(n).equals("XX")) {
                return List.of();
            }
            if (StepLogins.isFailing(n, 25)) {
                return List.of(topics.deadLetter());
            }
            return StepLogins.locale(n).equals("DE") ? List.of(topics.output(), german) : List.of(topics.output());
        });
        assertThat(cluster.readCommitted(topics.deadLetter())).allSatisfy(record -> {
            boolean invalid = StepLogins.isInvalid(StepLogins.number(record));
            assertThat(header(record, "loginstream-failure")).isEqualTo(invalid ? "invalid" : "processing");
            assertThat(header(record, "loginstream-attempts")).isEqualTo(invalid ? "1" : "4");
        });
    }

    @Test
    void waitsOnceForAllThatFail(Cluster cluster) throws Exception {
        // Given
        int count = 3_000;
        route(FAILING, "");
        cluster.send(StepLogins.records(topics, count, 5));

        // When
        runUntilCaughtUp(cluster, Duration.ofSeconds(20));

        // Then
        StepLogins.assertExactly(
                cluster,
                List.of(topics.output(), topics.deadLetter()),
                count,
                n -> List.of(
                        StepLogins.isInvalid(n) || StepLogins.isFailing(n, 5) ? topics.deadLetter() : topics.output()));
    }

    private void runUntilCaughtUp(Cluster cluster, Duration atMost) throws Exception {
        try (Application application = new Application(topics.settings(
                cluster, "loginstream.routes", "yaml", "loginstream.routes.directory", folder.toString()))) {
            application.start();
            await().atMost(atMost).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
            await().atMost(5, SECONDS)
                    .until(() -> application.metrics().totals().in() > 0);
        }
    }

    private PipelineProcess start(Cluster cluster) {
        return PipelineProcess.start(
                topics.properties(
                        cluster, "loginstream.routes", "yaml", "loginstream.routes.directory", folder.toString()),
                "run");
    }

    /** The route with more steps before the enricher, and other routes beside it. */
    private void route(String steps, String others) throws Exception {
        String route = Files.readString(Path.of("routes/user-login.camel.yaml"));
        assertThat(route).contains(BEFORE);
        Files.writeString(
                folder.resolve("user-login.camel.yaml"),
                (route.replace(BEFORE, steps + BEFORE) + others).replace("ID", topics.input()));
    }

    /** The text of a header, or null. */
    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return record.headers().lastHeader(name) == null
                ? null
                : Logins.text(record.headers().lastHeader(name).value());
    }
}
