package loginstream.steps;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import loginstream.Application;
import loginstream.fixture.Cluster;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a route does on completion, over a real broker: once for each login, when its results have committed. */
@ExtendWith(SharedBroker.class)
class CompletionIT {
    private static final int COUNT = 3_000;
    private static final int EVERY = 25;
    /** The brokers are asked at one completion of so many. */
    private static final int LOOK_EVERY = 50;

    private static final String START = "      steps:\n        - unmarshal:\n";
    private static final String BEFORE = "        - process:\n            ref: loginEnricher\n";
    private static final Queue<Completion> COMPLETIONS = new ConcurrentLinkedQueue<>();

    private static Cluster brokers;
    private static TestTopics topics;

    @TempDir
    private Path folder;

    /**
     * A login is done with.
     *
     * @param failed whether its batch was given up
     * @param committed whether the group had committed its offset; null where the brokers were not asked
     */
    private record Completion(long offset, boolean failed, Boolean committed) {}

    /** Named in the route. */
    public static final class Noting {
        public void note(Exchange exchange) {
            long offset = exchange.getMessage().getHeader(KafkaConstants.OFFSET, Long.class);
            Boolean committed = offset % LOOK_EVERY == 0 ? isCommitted(offset) : null;
            COMPLETIONS.add(new Completion(offset, exchange.isFailed(), committed));
        }

        /** The brokers show it a little after the producer is told of it. Nothing commits while this waits for it. */
        private static boolean isCommitted(long offset) {
            TopicPartition only = new TopicPartition(topics.input(), 0);
            try {
                await().atMost(5, SECONDS)
                        .until(() -> brokers.committed(topics.group()).getOrDefault(only, 0L) > offset);
                return true;
            } catch (ConditionTimeoutException e) {
                return false;
            }
        }
    }

    @BeforeEach
    void send(Cluster cluster) {
        COMPLETIONS.clear();
        brokers = cluster;
        topics = cluster.freshTopics(1);
        cluster.send(StepLogins.records(topics, COUNT, EVERY));
    }

    @Test
    void runsOnceForEachLoginAfterTheCommit(Cluster cluster) throws Exception {
        // Given
        route("""
                        - onCompletion:
                            steps:
                              - bean:
                                  beanType: loginstream.steps.CompletionIT$Noting
                                  method: note
                """, """
                        - filter:
                            simple: ${body[locale]} == 'XX'
                            steps:
                              - stop: {}
                        - filter:
                            simple: ${body[fail]} == 'yes'
                            steps:
                              - throwException:
                                  exceptionType: java.lang.IllegalStateException
                                  message: no database
                """);

        // When
        try (Application application = new Application(topics.settings(
                cluster, "loginstream.routes", "yaml", "loginstream.routes.directory", folder.toString()))) {
            application.start();
            await().atMost(1, MINUTES).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
            await().atMost(10, SECONDS).until(() -> COMPLETIONS.size() >= COUNT);
        }

        // Then
        Map<Long, List<Completion>> byOffset = COMPLETIONS.stream().collect(Collectors.groupingBy(Completion::offset));
        assertThat(byOffset).hasSize(COUNT);
        assertThat(byOffset.values()).allSatisfy(of -> assertThat(of).hasSize(1));
        assertThat(COMPLETIONS).noneMatch(Completion::failed);
        assertThat(COMPLETIONS.stream().filter(completion -> completion.committed() != null))
                .hasSize(COUNT / LOOK_EVERY)
                .allMatch(Completion::committed);
    }

    /** The route with this before its first step, and these steps before the enricher. */
    private void route(String first, String steps) throws Exception {
        String route = Files.readString(Path.of("routes/user-login.camel.yaml"));
        assertThat(route).contains(START).contains(BEFORE);
        Files.writeString(
                folder.resolve("user-login.camel.yaml"),
                route.replace(START, START.replace("steps:\n", "steps:\n" + first))
                        .replace(BEFORE, steps + BEFORE));
    }
}
