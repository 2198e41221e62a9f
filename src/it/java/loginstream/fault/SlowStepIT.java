package loginstream.fault;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import loginstream.Application;
import loginstream.fixture.Cluster;
import loginstream.fixture.Logins;
import loginstream.fixture.NumberedLogins;
import loginstream.fixture.TestTopics;
import loginstream.login.LoginBatch;
import loginstream.sandbox.EmbeddedBroker;
import loginstream.sandbox.FreePort;
import org.apache.camel.Header;
import org.apache.camel.component.kafka.KafkaConstants;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps of the route, after the first send, that take longer for what waits than a transaction may last. */
class SlowStepIT {
    private static final int COUNT = 1_500;
    private static final String SENT = "uri: kafka:{{loginstream.output.topic}}\n";

    private static final EmbeddedBroker BROKER = new EmbeddedBroker(
            FreePort.any(), Map.of("transaction.abort.timed.out.transaction.cleanup.interval.ms", "200"));

    @TempDir
    private Path routes;

    private static Cluster cluster;
    private TestTopics topics;

    @BeforeAll
    static void start() {
        BROKER.start();
        cluster = new Cluster(BROKER.bootstrapServers(), 1);
    }

    @AfterAll
    static void stop() {
        cluster.close();
        BROKER.close();
    }

    @BeforeEach
    void send() {
        topics = cluster.freshTopics(2);
        cluster.send(NumberedLogins.records(topics, 0, COUNT));
    }

    /** Takes a batch as a whole: two milliseconds for each of its logins. */
    public static final class SlowForBatches {
        public void handle(LoginBatch batch) {
            LockSupport.parkNanos(
                    Duration.ofMillis(2).multipliedBy(batch.size()).toNanos());
        }
    }

    /** An ordinary step. */
    public static final class SlowForEach {
        public void handle(byte[] login) {
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
    }

    /** What is sent waits for the end of the route, and a batch is no more than the route handles in about a second. */
    @ParameterizedTest
    @ValueSource(classes = {SlowForBatches.class, SlowForEach.class})
    void outlastsNoTransaction(Class<?> step) throws Exception {
        try (Application application = applicationWith(step)) {
            // When
            application.start();

            // Then
            await().atMost(1, MINUTES).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
        }
        NumberedLogins.assertExactlyOnce(cluster, topics, COUNT);
        // Nothing was rolled back.
        assertThat(cluster.readUncommitted(topics.output())).hasSameSizeAs(cluster.readCommitted(topics.output()));
    }

    /** Throws at a login in each of the later batches, so that these wait for longer than a transaction may last. */
    public static final class Retried {
        private final Set<String> tried = new HashSet<>();

        public void handle(byte[] login, @Header(KafkaConstants.OFFSET) long offset) {
            if (offset % 300 == 150 && tried.add(Logins.text(login))) {
                throw new IllegalStateException("no database");
            }
        }
    }

    /** What was sent before has committed by then. */
    @Test
    void aWaitForARedeliveryOutlastsNoTransaction() throws Exception {
        try (Application application =
                applicationWith(Retried.class, "loginstream.batch.size", "75", "loginstream.retry.delay", "2s")) {
            // When
            application.start();

            // Then
            await().atMost(1, MINUTES).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
        }
        NumberedLogins.assertExactlyOnce(cluster, topics, COUNT);
        assertThat(cluster.readUncommitted(topics.output())).hasSameSizeAs(cluster.readCommitted(topics.output()));
    }

    /** What was fetched already would take a quarter of a minute. */
    @Test
    void whoJoinsGetsPartitionsSoon() throws Exception {
        // Given
        cluster.send(NumberedLogins.records(topics, COUNT, 5 * COUNT));
        String[] options = {"loginstream.batch.size", "10000"};
        try (Application first = applicationWith(SlowForEach.class, options);
                Application second = applicationWith(SlowForEach.class, options)) {
            first.start();
            await().atMost(1, MINUTES)
                    .until(() -> !cluster.committed(topics.group()).isEmpty());

            // When
            second.start();

            // Then
            await().atMost(8, SECONDS).until(() -> second.metrics().totals().in() > 0);
            assertThat(first.metrics().totals().in()).isLessThan(4 * COUNT);
            await().atMost(1, MINUTES).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
        }
        NumberedLogins.assertExactlyOnce(cluster, topics, 5 * COUNT);
    }

    private Application applicationWith(Class<?> step, String... overrides) throws Exception {
        String route = Files.readString(Path.of("routes/user-login.camel.yaml"));
        String bean = "        - bean:\n            beanType: " + step.getName() + "\n            method: handle\n";
        Files.writeString(routes.resolve("user-login.camel.yaml"), route.replace(SENT, SENT + bean));
        List<String> settings = new ArrayList<>(List.of(
                "loginstream.routes",
                "yaml",
                "loginstream.routes.directory",
                routes.toString(),
                "loginstream.batch.size",
                "1000",
                "kafka.transaction.timeout.ms",
                "1000"));
        settings.addAll(List.of(overrides));
        return new Application(topics.settings(cluster, settings.toArray(String[]::new)));
    }
}
