package loginstream.storage;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import loginstream.Application;
import loginstream.config.Settings;
import loginstream.fixture.Cluster;
import loginstream.fixture.Feeder;
import loginstream.fixture.Health;
import loginstream.fixture.PipelineProcess;
import loginstream.fixture.SharedBroker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What every sink survives: being killed, others that join and leave, and its servers being away. */
@ExtendWith(SharedBroker.class)
public abstract class SinkFaultCases {
    private static final int COUNT = 20_000;
    private static final int RATE = 2_000;

    private StoredLogins stored;

    /** An empty store. */
    protected abstract StoredLogins fresh(Cluster cluster);

    @BeforeEach
    public final void begin(Cluster cluster) {
        stored = fresh(cluster);
    }

    /** The store of this test. */
    protected final StoredLogins stored() {
        return stored;
    }

    @Test
    public final void eachIsThereOnceWhateverIsKilled() throws Exception {
        survivesKills(40_000, 3_000, 3);
    }

    @Test
    @Tag("long")
    public final void aMillionWithTwentyKills() throws Exception {
        survivesKills(1_000_000, 10_000, 20);
    }

    private void survivesKills(int count, int rate, int kills) throws Exception {
        // Given
        Feeder feeder = stored.feed(0, count, rate);
        List<PipelineProcess> processes = new ArrayList<>(
                List.of(PipelineProcess.start(stored.properties()), PipelineProcess.start(stored.properties())));
        try {
            for (int kill = 0; kill < kills; kill++) {
                long enough = (kill + 1L) * count / (kills + 2);
                await().atMost(120, SECONDS).until(() -> stored.count() > enough);

                // When
                processes.remove(0).close();
                processes.add(PipelineProcess.start(stored.properties()));
            }
            feeder.join();
            await().atMost(120, SECONDS).until(() -> stored.count() >= count && stored.isComplete());
        } finally {
            processes.forEach(PipelineProcess::close);
        }

        // Then
        stored.assertEachOnce(count);
    }

    @Test
    public final void othersMayJoinAndLeave() throws Exception {
        // Given
        int changes = 4;
        Feeder feeder = stored.feed(0, COUNT, RATE);
        Deque<Application> sinks = new ArrayDeque<>();
        try {
            for (int change = 1; change <= changes; change++) {
                // When
                Application another = new Application(stored.settings());
                sinks.add(another);
                another.start();
                if (sinks.size() > 2) {
                    sinks.remove().close();
                }
                long enough = (long) change * COUNT / (changes + 2);
                await().atMost(60, SECONDS).until(() -> stored.count() > enough);
            }
            feeder.join();
            stored.await();
        } finally {
            sinks.forEach(Application::close);
        }

        // Then
        stored.assertEachOnce(COUNT);
    }

    /**
     * Logins wait while something is away, and come when it is back.
     *
     * @param store where they are stored
     * @param words of readiness meanwhile
     */
    protected static void isWaitedFor(
            StoredLogins store, String words, Runnable takeAway, Runnable bringBack, String... overrides)
            throws Exception {
        // Given
        Settings settings = store.settings(overrides);
        Health health = new Health(settings);
        store.send(RATE);
        try (Application sink = new Application(settings)) {
            sink.start();
            await().atMost(40, SECONDS).until(() -> store.count() == RATE);
            Feeder feeder = store.feed(RATE, COUNT, RATE);

            // When
            takeAway.run();
            try {
                await().atMost(60, SECONDS)
                        .untilAsserted(() -> assertThat(health.readiness()).contains(words));
                assertThat(health.isLive()).isTrue();
            } finally {
                bringBack.run();
            }

            // Then
            await().atMost(60, SECONDS).until(health::isReady);
            feeder.join();
            store.await();
        }
        store.assertEachOnce(COUNT);
    }
}
