package loginstream.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import loginstream.fixture.Cluster;
import loginstream.fixture.PostgresServer;
import loginstream.storage.StoredLogins;

/** A topic and the database that it is stored in. */
final class StoredTopic extends StoredLogins {
    private final String url;

    /** A fresh topic and that database. */
    StoredTopic(Cluster cluster, String url) {
        super(
                cluster,
                "postgres",
                List.of("loginstream.sink.postgres.url", url, "loginstream.sink.postgres.username", "postgres"));
        this.url = url;
    }

    /** A fresh topic and an empty database. */
    static StoredTopic fresh(Cluster cluster, PostgresServer server) {
        return new StoredTopic(cluster, server.freshDatabase());
    }

    /** Of the database. */
    String url() {
        return url;
    }

    @Override
    public long count() {
        List<String> there = PostgresServer.query(url, "select to_regclass('logins') is not null");
        return there.equals(List.of("t"))
                ? Long.parseLong(
                        PostgresServer.query(url, "select count(*) from logins").get(0))
                : 0;
    }

    @Override
    public void assertEachOnce(int count) {
        assertThat(PostgresServer.query(
                        url,
                        "select count(*), count(distinct (topic, \"partition\", \"offset\")),"
                                + " count(distinct extensions->>'n') from logins"))
                .containsExactly(count + " " + count + " " + count);
        assertThat(refusals()).isZero();
    }
}
