package loginstream.fault;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import loginstream.Application;
import loginstream.fixture.Cluster;
import loginstream.fixture.NumberedLogins;
import loginstream.fixture.TestTopics;
import loginstream.login.LoginBatch;
import loginstream.sandbox.EmbeddedBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A step of the route, after the first send, that takes longer than a transaction may last. */
class SlowStepIT {
    private static final int COUNT = 1_500;
    private static final String SENT = "uri: kafka:{{loginstream.output.topic}}\n";

    private static final EmbeddedBroker BROKER = new EmbeddedBroker(
            EmbeddedBroker.freePort(), Map.of("transaction.abort.timed.out.transaction.cleanup.interval.ms", "200"));

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

    /** Takes long for the first batch only. */
    public static final class SlowOnce {
        private final AtomicInteger batches = new AtomicInteger();

        public void handle(LoginBatch batch) {
            if (batches.getAndIncrement() == 0) {
                LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
            }
        }
    }

    /** Takes long for each login: a whole batch never gets through in time. */
    public static final class SlowForEach {
        public void handle(LoginBatch batch) {
            LockSupport.parkNanos(
                    Duration.ofMillis(2).multipliedBy(batch.size()).toNanos());
        }
    }

    @Test
    @Tag("long")
    void whatTimedOutComesAgain() throws Exception {
        try (Application application = applicationWith(SlowOnce.class)) {
            // When
            application.start();
            await().atMost(10, SECONDS).until(this::isRolledBackByTheBroker);

            // Then
            await().atMost(30, SECONDS).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
        }
        NumberedLogins.assertExactlyOnce(cluster, topics, COUNT);
    }

    @Test
    void batchesThatAreTooLargeForATransactionComeInParts() throws Exception {
        try (Application application = applicationWith(SlowForEach.class)) {
            // When
            application.start();
            await().atMost(20, SECONDS).until(this::isRolledBackByTheBroker);

            // Then
            await().atMost(1, MINUTES).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
        }
        NumberedLogins.assertExactlyOnce(cluster, topics, COUNT);
    }

    private Application applicationWith(Class<?> step) throws Exception {
        String route = Files.readString(Path.of("routes/user-login.camel.yaml"));
        String bean = "        - bean:\n            beanType: " + step.getName() + "\n            method: handle\n";
        Files.writeString(routes.resolve("user-login.camel.yaml"), route.replace(SENT, SENT + bean));
        return new Application(topics.settings(
                cluster,
                "loginstream.routes",
                "yaml",
                "loginstream.routes.directory",
                routes.toString(),
                "loginstream.batch.size",
                "1000",
                "kafka.transaction.timeout.ms",
                "1000"));
    }

    /** Something was written and can no longer be pending, yet nothing is committed. */
    private boolean isRolledBackByTheBroker() {
        return cluster.ends(topics.output()).values().stream().anyMatch(end -> end > 0)
                && cluster.committedEnds(topics.output()).equals(cluster.ends(topics.output()))
                && cluster.committed(topics.group()).isEmpty();
    }
}
