package loginstream;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import loginstream.fixture.Cluster;
import loginstream.fixture.Feeder;
import loginstream.fixture.NumberedLogins;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes that are edited while records flow. */
@ExtendWith(SharedBroker.class)
class LiveReloadIT {
    private static final String STEP = "        - process:\n            ref: loginValidator\n";
    private static final String EDIT =
            "        - setHeader:\n            name: edited\n            constant: \"yes\"\n" + STEP;
    private static final String HARM =
            "        - setHeader:\n            name: x\n            simple: ${body[locale].nothing()}\n";
    private static final int COUNT = 12_000;

    @TempDir
    private Path routes;

    private Path file;
    private String original;

    @BeforeEach
    void copyRoutes() throws Exception {
        file = routes.resolve("user-login.camel.yaml");
        original = Files.readString(Path.of("routes/user-login.camel.yaml"));
        Files.writeString(file, original);
    }

    @Test
    void aGoodEditTakesEffectAndLosesNothing(Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(2);
        try (Application application = yaml(cluster, topics)) {
            application.start();
            Feeder feeder = new Feeder(cluster, topics, COUNT, 1_000);
            await().atMost(20, SECONDS)
                    .until(() -> application.metrics().totals().in() > 0);

            // When
            Files.writeString(file, original.replace(STEP, EDIT));

            // Then
            await().atMost(20, SECONDS)
                    .until(() -> cluster.readCommitted(topics.output()).stream().anyMatch(LiveReloadIT::isEdited));
            feeder.join();
            await().atMost(20, SECONDS).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
            await().atMost(5, SECONDS)
                    .until(() -> application.metrics().totals().in() == COUNT);
        }
        NumberedLogins.assertExactlyOnce(cluster, topics, COUNT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not yaml: [",
                "- route: {from: {uri: 'kafka:x', steps: [{nonsense: 1}]}}",
                "- route: {id: a, from: {uri: 'kafka:x', steps: [{process: {ref: noSuchBean}}]}}",
                "- route: {id: a, from: {uri: 'kafka:{{no.such.key}}', steps: [{log: hello}]}}",
                "- route: {id: a, from: {uri: 'kafka:x?noSuchOption=1', steps: [{log: hello}]}}",
                ""
            })
    void aBadEditChangesNothing(String bad, Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        try (Application application = yaml(cluster, topics)) {
            application.start();
            cluster.send(NumberedLogins.records(topics, 0, 100));
            await().atMost(20, SECONDS)
                    .until(() -> application.metrics().totals().in() == 100);

            // When
            Files.writeString(file, bad);
            await().atMost(20, SECONDS).until(() -> application.metrics().rejectedReloads() == 1);

            // Then
            cluster.send(NumberedLogins.records(topics, 100, 200));
            await().atMost(20, SECONDS)
                    .until(() -> application.metrics().totals().in() == 200);
            assertThat(application.metrics().appliedReloads()).isZero();
        }
        NumberedLogins.assertExactlyOnce(cluster, topics, 200);
    }

    @Test
    void anEditThatWouldHarmLoginsNeverGoesLive(Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        try (Application application = yaml(cluster, topics)) {
            application.start();
            cluster.send(NumberedLogins.records(topics, 0, 500));
            await().atMost(20, SECONDS)
                    .until(() -> application.metrics().totals().in() == 500);

            // When
            Files.writeString(file, original.replace(STEP, STEP + HARM));
            await().atMost(20, SECONDS).until(() -> application.metrics().rejectedReloads() == 1);

            // Then
            cluster.send(NumberedLogins.records(topics, 500, 1_000));
            await().atMost(20, SECONDS)
                    .until(() -> application.metrics().totals().in() == 1_000);
            assertThat(application.metrics().appliedReloads()).isZero();
        }
        NumberedLogins.assertExactlyOnce(cluster, topics, 1_000);
    }

    @Test
    void anEditThatDropsEverythingGoesLiveOnlyWhereItSaysSo(Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        try (Application application = yaml(cluster, topics)) {
            application.start();
            String edit = original.replace(STEP, STEP + "        - stop: {}\n");

            // When
            Files.writeString(file, edit);
            await().atMost(20, SECONDS).until(() -> application.metrics().rejectedReloads() == 1);
            Files.writeString(file, "# loginstream.rehearsal: off\n" + edit);

            // Then
            await().atMost(20, SECONDS).until(() -> application.metrics().appliedReloads() == 1);
            cluster.send(NumberedLogins.records(topics, 0, 100));
            await().atMost(20, SECONDS)
                    .until(() -> application.metrics().totals().in() == 100);
            assertThat(cluster.readCommitted(topics.output())).isEmpty();
        }
    }

    @Test
    void aSecondFileWithTheSameRouteIsRefused(Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        try (Application application = yaml(cluster, topics)) {
            application.start();

            // When
            Files.writeString(routes.resolve("copy.camel.yaml"), original);

            // Then
            await().atMost(20, SECONDS).until(() -> application.metrics().rejectedReloads() == 1);
            cluster.send(NumberedLogins.records(topics, 0, 100));
            await().atMost(20, SECONDS)
                    .until(() -> application.metrics().totals().in() == 100);
        }
    }

    private Application yaml(Cluster cluster, TestTopics topics) {
        return new Application(topics.settings(
                cluster, "loginstream.routes", "yaml", "loginstream.routes.directory", routes.toString()));
    }

    private static boolean isEdited(ConsumerRecord<byte[], byte[]> record) {
        return record.headers().lastHeader("edited") != null;
    }
}
