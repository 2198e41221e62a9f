package loginstream;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import loginstream.fixture.Cluster;
import loginstream.fixture.Logins;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import loginstream.metrics.LoginMetrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A thousand records that nobody should send. */
@ExtendWith(SharedBroker.class)
class HostileInputIT {
    private static final int COUNT = 1000;

    @Test
    void accountsForEveryRecordAndStaysUp(Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        List<byte[]> hostile = hostile();
        List<byte[]> good = List.of(Logins.bytes(Logins.numbered(1)));
        cluster.sendValues(topics.input(), hostile);
        cluster.sendValues(topics.input(), good);

        try (Application application = new Application(topics.settings(cluster))) {
            // When
            application.start();
            await().atMost(60, SECONDS).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));
            await().atMost(5, SECONDS)
                    .until(() -> application.metrics().totals().in() > COUNT);

            // Then
            LoginMetrics.Totals totals = application.metrics().totals();
            assertThat(totals.in()).isEqualTo(COUNT + 1);
            assertThat(totals.processed())
                    .isEqualTo(cluster.readCommitted(topics.output()).size());
            assertThat(totals.deadLettered())
                    .isEqualTo(cluster.readCommitted(topics.deadLetter()).size());
            assertThat(totals.processed()).isGreaterThanOrEqualTo(1).isLessThan(COUNT / 2);
            assertThat(application.context().getStatus().isStarted()).isTrue();
        }
    }

    private static List<byte[]> hostile() {
        Random random = new Random(7);
        String login = Logins.numbered(1);
        List<byte[]> seeds = new ArrayList<>(List.of(
                new byte[0],
                Logins.bytes("null"),
                Logins.bytes("[]"),
                Logins.bytes("\"x\""),
                Logins.bytes("{}"),
                Logins.bytes("{"),
                Logins.bytes(login.substring(0, 60)),
                Logins.bytes(login + login),
                Logins.bytes(login.replace("{", "{\"ip\":\"1.1.1.1\",")),
                Logins.bytes(login.replace("1694479551", "1e999")),
                Logins.bytes(login.replace("1694479551", "9".repeat(5000))),
                Logins.bytes(login.replace("}", ",\"n\":1e999}")),
                Logins.bytes(login.replace("RU", "R\0")),
                Logins.bytes(login.replace("RU", "\\u0000")),
                Logins.bytes(login.replace("android", "x".repeat(2 << 20))),
                Logins.bytes("[".repeat(10_000) + "]".repeat(10_000)),
                Logins.bytes(login.replace("\"RU\"", "[".repeat(10_000) + "]".repeat(10_000))),
                new byte[] {(byte) 0xFF, (byte) 0xFE, '{', 0, '}', 0},
                new byte[] {(byte) 0xC0, (byte) 0x80},
                "{}".getBytes(java.nio.charset.StandardCharsets.UTF_16)));
        for (String field :
                List.of("user_id", "app_version", "device_type", "ip", "locale", "device_id", "timestamp")) {
            for (String wrong : List.of("null", "true", "{}", "[]", "-1", "1.5", "\"\"", "\" \"", "\"\\n\"")) {
                seeds.add(Logins.bytes(login.replaceAll(
                        "\"" + field + "\":(\"[^\"]*\"|[0-9]+)", "\"" + field + "\":" + wrong.replace("\\", "\\\\"))));
            }
        }
        List<byte[]> all = new ArrayList<>();
        while (all.size() < COUNT) {
            byte[] value = seeds.get(all.size() % seeds.size()).clone();
            if (all.size() >= seeds.size() && value.length > 0) {
                value[random.nextInt(value.length)] = (byte) random.nextInt(256);
            }
            all.add(value);
        }
        return all;
    }
}
