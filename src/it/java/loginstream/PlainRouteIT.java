package loginstream;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import loginstream.config.reading.InvalidSettingException;
import loginstream.fixture.Cluster;
import loginstream.fixture.Logins;
import loginstream.fixture.NumberedLogins;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A route that has nothing to do with logins, in the same files: plain Camel, at least once. */
@ExtendWith(SharedBroker.class)
class PlainRouteIT {
    private static final int COUNT = 2_000;

    @TempDir
    private Path folder;

    private TestTopics topics;
    private String words;
    private String pairs;

    @BeforeEach
    void topics(Cluster cluster) {
        topics = cluster.freshTopics(2);
        words = topics.input() + "-words";
        pairs = topics.input() + "-pairs";
        cluster.create(List.of(words, pairs));
    }

    @Test
    void goesOnBesideTheLoginsOverARestart(Cluster cluster) throws Exception {
        // Given
        routes("""
                - route:
                    id: pairs
                    from:
                      uri: kafka:%s
                      steps:
                        - split:
                            tokenize:
                              token: ","
                            steps:
                              - filter:
                                  simple: ${body} != 'no'
                                  steps:
                                    - setBody:
                                        simple: "<${body}>"
                                    - to: kafka:%s
                """.formatted(words, pairs));
        cluster.send(NumberedLogins.records(topics, 0, COUNT));
        cluster.send(texts(0, 100));

        // When
        run(cluster, 100);
        cluster.send(texts(100, 200));
        run(cluster, 200);

        // Then
        NumberedLogins.assertExactlyOnce(cluster, topics, COUNT);
        assertThat(sent(cluster)).isEqualTo(expected(200));
    }

    /** What logins cannot have: messages that wait for one another, and options that only the URI sets. */
    @ParameterizedTest
    @ValueSource(strings = {"""
                        - aggregate:
                            correlationExpression:
                              constant: all
                            aggregationStrategy: "#class:org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy"
                            completionSize: 30
                            completionTimeout: 500
                            steps:
                              - setBody:
                                  simple: ${body.size}
                              - to: kafka:%s
                """, """
                        - setBody:
                            simple: ${body.size}
                        - to: kafka:%s
                """})
    void countsOnTwoThreadsOfItsOwnGroup(String steps, Cluster cluster) throws Exception {
        // Given
        String group = topics.group() + "-counts";
        boolean batching = !steps.contains("aggregate");
        routes("""
                - route:
                    id: counts
                    from:
                      uri: kafka:%s?groupId=%s&consumersCount=2&batching=%s&pollTimeoutMs=200
                      steps:
                """.formatted(words, group, batching) + steps.formatted(pairs));
        cluster.send(texts(0, 100));

        // When
        try (Application application = application(cluster)) {
            application.start();

            // Then
            await().atMost(20, SECONDS).until(() -> cluster.members(group) == 2);
            await().atMost(20, SECONDS).until(() -> counts(cluster).sum() >= 100);
            assertThat(counts(cluster).max().orElseThrow()).isGreaterThan(1);
        }
    }

    private IntStream counts(Cluster cluster) {
        return cluster.readCommitted(pairs).stream().mapToInt(record -> Integer.parseInt(Logins.text(record.value())));
    }

    @Test
    void mayNotTakePartitionsOfTheLogins(Cluster cluster) throws Exception {
        // Given
        routes("""
                - route:
                    id: another
                    from:
                      uri: kafka:{{loginstream.input.topic}}
                      steps:
                        - log: "${body}"
                """);

        // When
        var starting = assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> application(cluster).start());

        // Then
        starting.withMessageContaining("each would get a part of its partitions")
                .withMessageContaining(".camel.yaml:");
    }

    private void run(Cluster cluster, int texts) throws Exception {
        try (Application application = application(cluster)) {
            application.start();
            await().atMost(40, SECONDS)
                    .until(() -> sent(cluster).equals(expected(texts))
                            && cluster.isCaughtUp(topics.input(), topics.group()));
        }
    }

    private Application application(Cluster cluster) {
        return new Application(topics.settings(
                cluster, "loginstream.routes", "yaml", "loginstream.routes.directory", folder.toString()));
    }

    private void routes(String others) throws Exception {
        Files.writeString(
                folder.resolve("all.camel.yaml"), Files.readString(Path.of("routes/user-login.camel.yaml")) + others);
    }

    private List<ProducerRecord<byte[], byte[]>> texts(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(n -> new ProducerRecord<byte[], byte[]>(words, Logins.bytes("a" + n + ",no,b" + n)))
                .toList();
    }

    private Set<String> sent(Cluster cluster) {
        return cluster.readCommitted(pairs).stream()
                .map(record -> Logins.text(record.value()))
                .collect(Collectors.toSet());
    }

    private static Set<String> expected(int count) {
        return IntStream.range(0, count)
                .boxed()
                .flatMap(n -> List.of("<a" + n + ">", "<b" + n + ">").stream())
                .collect(Collectors.toSet());
    }
}
