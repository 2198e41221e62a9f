package loginstream;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import loginstream.config.Settings;
import loginstream.fixture.Cluster;
import loginstream.fixture.Health;
import loginstream.fixture.NumberedLogins;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import loginstream.route.UserLoginRoute;
import loginstream.sandbox.EmbeddedBroker;
import loginstream.sandbox.FreePort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an orchestrator is told. Outages of the brokers are in {@link loginstream.fault.BrokerOutageIT}. */
@ExtendWith(SharedBroker.class)
class HealthIT {

    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml"})
    void isNotReadyWhileTheRouteIsStopped(String routes, Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        Settings settings = topics.settings(cluster, "loginstream.routes", routes);
        Health health = new Health(settings);
        try (Application application = new Application(settings)) {
            application.start();
            await().atMost(30, SECONDS).until(health::isReady);
            assertThat(health.readiness())
                    .contains("\"routes.running\":1", "\"consumers\":1", "\"consumers.joined\":1");

            // When
            application.context().getRouteController().stopRoute(UserLoginRoute.ID);

            // Then
            assertThat(health.isReady()).isFalse();
            assertThat(health.isLive()).isTrue();
            assertThat(health.readiness()).contains("not running: route user-login", "\"routes.running\":0");
            assertThat(health.metrics()).contains("loginstream_ready 0.0");

            application.context().getRouteController().startRoute(UserLoginRoute.ID);
            await().atMost(30, SECONDS).until(health::isReady);
            assertThat(health.metrics()).contains("loginstream_ready 1.0");
        }
    }

    @Test
    void aMemberWithoutPartitionsIsReady(Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        Settings settings = topics.settings(cluster, "loginstream.consumers", "3");
        Health health = new Health(settings);

        // When
        try (Application application = new Application(settings)) {
            application.start();

            // Then
            await().atMost(30, SECONDS).until(health::isReady);
            assertThat(cluster.members(topics.group())).isEqualTo(3);
            assertThat(health.readiness()).contains("\"consumers.joined\":3");
            cluster.send(NumberedLogins.records(topics, 0, 10));
            await().atMost(30, SECONDS)
                    .until(() -> application.metrics().totals().in() == 10);
            assertThat(health.isReady()).isTrue();
        }
    }

    @Test
    void aMemberThatHasNotJoinedYetIsNotReady() throws Exception {
        // Given brokers that wait for more members before they give out partitions
        try (EmbeddedBroker broker =
                new EmbeddedBroker(FreePort.any(), Map.of("group.initial.rebalance.delay.ms", "6000"))) {
            broker.start();
            try (Cluster cluster = new Cluster(broker.bootstrapServers(), 1)) {
                TestTopics topics = cluster.freshTopics(1);
                Settings settings = topics.settings(cluster);
                Health health = new Health(settings);

                // When
                try (Application application = new Application(settings)) {
                    application.start();

                    // Then
                    await().atMost(30, SECONDS)
                            .until(() -> health.readiness().contains("not a member of the consumer group yet"));
                    assertThat(health.isReady()).isFalse();
                    assertThat(health.isLive()).isTrue();
                    await().atMost(30, SECONDS).until(health::isReady);
                }
            }
        }
    }

    @Test
    void isAliveButNotReadyWithoutBrokers() throws Exception {
        // Given
        TestTopics topics = new TestTopics("in", "out", "dlq", "group");
        try (Cluster nobody = new Cluster("127.0.0.1:" + FreePort.any(), 1)) {
            Settings settings = topics.settings(nobody);
            Health health = new Health(settings);

            // When
            try (Application application = new Application(settings)) {
                application.start();

                // Then
                await().atMost(20, SECONDS).until(() -> health.readiness().contains("no connection to a broker"));
                assertThat(health.isReady()).isFalse();
                assertThat(health.isLive()).isTrue();
                assertThat(health.metrics()).contains("loginstream_ready 0.0");
            }
        }
    }
}
