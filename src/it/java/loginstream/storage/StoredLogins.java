package loginstream.storage;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import loginstream.Application;
import loginstream.config.Settings;
import loginstream.fixture.Cluster;
import loginstream.fixture.Feeder;
import loginstream.fixture.TestTopics;
import org.awaitility.Awaitility;

/** A topic of two partitions, and the store that a sink keeps its records in. */
public abstract class StoredLogins {
    private final Cluster cluster;
    private final TestTopics topics;
    private final String sink;
    private final List<String> location;

    /**
     * A fresh topic.
     *
     * @param location settings of the store: key, value, key, value, …
     */
    protected StoredLogins(Cluster cluster, String sink, List<String> location) {
        this.cluster = cluster;
        this.topics = cluster.freshTopics(2);
        this.sink = sink;
        this.location = location;
        cluster.create(List.of(refused()));
    }

    /** Of the pipeline whose output is stored. */
    public final TestTopics topics() {
        return topics;
    }

    /** Where what the sink cannot store goes. */
    public final String refused() {
        return topics.refusedBy(sink);
    }

    /** Settings of the sink. */
    public final Settings settings(String... overrides) {
        return Settings.load(properties(overrides), Map.of());
    }

    /** The same as system properties, for a process. */
    public final Properties properties(String... overrides) {
        List<String> all = new ArrayList<>(List.of("loginstream.sink", sink));
        all.addAll(location);
        all.addAll(List.of(overrides));
        return topics.properties(cluster, all.toArray(String[]::new));
    }

    /** Sends processed logins with the numbers from 0 on, at once. */
    public final void send(int count) {
        cluster.send(ProcessedLogins.records(topics.output(), 0, count));
    }

    /** Sends those with these numbers in the background, so many a second. */
    public final Feeder feed(int begin, int end, int rate) {
        return new Feeder(
                cluster,
                (from, to) -> ProcessedLogins.records(topics.output(), begin + from, begin + to),
                end - begin,
                rate);
    }

    /** Whether everything in the topic is done with. */
    public final boolean isComplete() {
        return cluster.isCaughtUp(topics.output(), topics.groupOf(sink));
    }

    /** Waits until it is. */
    public final void await() {
        Awaitility.await().atMost(60, SECONDS).until(this::isComplete);
    }

    /** Runs the sink until everything is done with. */
    public final void run() throws Exception {
        try (Application sink = new Application(settings())) {
            sink.start();
            await();
        }
    }

    /** What was refused. */
    protected final int refusals() {
        return cluster.readCommitted(refused()).size();
    }

    /** How many rows there are. */
    public abstract long count();

    /** Each of so many logins is one row, and none was refused. */
    public abstract void assertEachOnce(int count);
}
