package loginstream.storage.postgres;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import loginstream.config.Settings;
import loginstream.fixture.Cluster;
import loginstream.fixture.PostgresServer;
import loginstream.fixture.TestTopics;
import org.awaitility.Awaitility;

/**
 * A topic and the database that it is stored in.
 *
 * @param topics of the pipeline whose output is stored
 * @param url of the database
 */
record StoredTopic(Cluster cluster, TestTopics topics, String url) {
    private static final String SINK = "postgres";

    /** One with two partitions and an empty database. */
    static StoredTopic fresh(Cluster cluster, PostgresServer server) {
        TestTopics topics = cluster.freshTopics(2);
        cluster.create(List.of(topics.refusedBy(SINK)));
        return new StoredTopic(cluster, topics, server.freshDatabase());
    }

    /** Where what the sink cannot store goes. */
    String refused() {
        return topics.refusedBy(SINK);
    }

    /** Settings of the sink. */
    Settings settings(String... overrides) {
        return Settings.load(properties(overrides), Map.of());
    }

    /** The same as system properties, for a process. */
    Properties properties(String... overrides) {
        List<String> all = new ArrayList<>(List.of(
                "loginstream.sink",
                SINK,
                "loginstream.sink.postgres.url",
                url,
                "loginstream.sink.postgres.username",
                "postgres"));
        all.addAll(List.of(overrides));
        return topics.properties(cluster, all.toArray(String[]::new));
    }

    /** How many rows there are. */
    long count() {
        List<String> there = PostgresServer.query(url, "select to_regclass('logins') is not null");
        return there.equals(List.of("t"))
                ? Long.parseLong(
                        PostgresServer.query(url, "select count(*) from logins").get(0))
                : 0;
    }

    /** Whether everything in the topic is done with. */
    boolean isComplete() {
        return cluster.isCaughtUp(topics.output(), topics.groupOf(SINK));
    }

    void await() {
        Awaitility.await().atMost(60, SECONDS).until(this::isComplete);
    }

    /** Each of so many logins is one row, and none was refused. */
    void assertEachOnce(int count) {
        assertThat(PostgresServer.query(
                        url,
                        "select count(*), count(distinct (topic, \"partition\", \"offset\")),"
                                + " count(distinct extensions->>'n') from logins"))
                .containsExactly(count + " " + count + " " + count);
        assertThat(cluster.readCommitted(refused())).isEmpty();
    }
}
