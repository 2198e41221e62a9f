package loginstream.delivery;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import loginstream.Application;
import loginstream.fixture.Cluster;
import loginstream.fixture.Feeder;
import loginstream.fixture.Health;
import loginstream.fixture.NumberedLogins;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes that are suspended and resumed while records flow. */
@ExtendWith(SharedBroker.class)
class ConsumingRoutesIT {

    @ParameterizedTest
    @ValueSource(strings = {"exactly-once", "at-least-once"})
    void aPauseInTheMiddleOfTheWorkLosesAndRepeatsNothing(String delivery, Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(3);
        try (Application application = new Application(topics.settings(
                cluster,
                "loginstream.delivery",
                delivery,
                "loginstream.batch.size",
                "37",
                "loginstream.consumers",
                "2"))) {
            application.start();
            ConsumingRoutes consumingRoutes = consumingRoutes(application);
            Feeder feeder = new Feeder(cluster, topics, 12_000, 3_000);

            // When
            for (int pause = 1; pause <= 3; pause++) {
                long atLeast = pause * 1_000L;
                await().atMost(30, SECONDS)
                        .until(() -> application.metrics().totals().in() >= atLeast);
                consumingRoutes.pause();
                assertThat(consumingRoutes.isPaused()).isTrue();
                long settled = application.metrics().totals().in();
                await().during(1, SECONDS)
                        .atMost(2, SECONDS)
                        .until(() -> application.metrics().totals().in() == settled);
                consumingRoutes.resume();
                assertThat(consumingRoutes.isPaused()).isFalse();
            }

            // Then
            feeder.join();
            await().atMost(30, SECONDS)
                    .until(() -> application.metrics().totals().in() == 12_000);
            assertThat(application.metrics().totals().lag()).isZero();
        }
        NumberedLogins.assertExactlyOnce(cluster, topics, 12_000);
    }

    @Test
    void anEditWhilePausedTakesEffectWhenResumed(@TempDir Path routes, Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        Path file = routes.resolve("user-login.camel.yaml");
        String original = Files.readString(Path.of("routes/user-login.camel.yaml"));
        Files.writeString(file, original);
        var settings = topics.settings(
                cluster, "loginstream.routes", "yaml", "loginstream.routes.directory", routes.toString());
        try (Application application = new Application(settings)) {
            application.start();
            ConsumingRoutes consumingRoutes = consumingRoutes(application);
            cluster.send(NumberedLogins.records(topics, 0, 100));
            await().atMost(20, SECONDS)
                    .until(() -> application.metrics().totals().in() == 100);

            // When
            consumingRoutes.pause();
            String step = "        - process:\n            ref: loginValidator\n";
            Files.writeString(
                    file,
                    original.replace(
                            step,
                            "        - setHeader:\n            name: edited\n            constant: \"yes\"\n" + step));
            await().atMost(20, SECONDS).until(() -> application.metrics().appliedReloads() == 1);
            cluster.send(NumberedLogins.records(topics, 100, 200));

            // Then
            assertThat(consumingRoutes.isPaused()).isTrue();
            assertThat(new Health(settings).readiness()).contains("\"status\":\"UP\"", "paused by an operator");
            await().during(2, SECONDS)
                    .atMost(3, SECONDS)
                    .until(() -> application.metrics().totals().in() == 100);

            // When
            consumingRoutes.resume();

            // Then
            await().atMost(20, SECONDS)
                    .until(() -> application.metrics().totals().in() == 200);
            assertThat(cluster.readCommitted(topics.output()).stream()
                            .filter(record -> record.headers().lastHeader("edited") != null))
                    .hasSize(95);
        }
        NumberedLogins.assertExactlyOnce(cluster, topics, 200);
    }

    @Test
    void stopsCleanlyWhilePaused(Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        try (Application application = new Application(topics.settings(cluster))) {
            application.start();
            cluster.send(NumberedLogins.records(topics, 0, 100));
            await().atMost(20, SECONDS)
                    .until(() -> application.metrics().totals().in() == 100);

            // When
            consumingRoutes(application).pause();
        }

        // Then
        assertThat(cluster.members(topics.group())).isZero();
        assertThat(cluster.isCaughtUp(topics.input(), topics.group())).isTrue();
    }

    private static ConsumingRoutes consumingRoutes(Application application) {
        return application.context().getRegistry().lookupByNameAndType("consumingRoutes", ConsumingRoutes.class);
    }
}
