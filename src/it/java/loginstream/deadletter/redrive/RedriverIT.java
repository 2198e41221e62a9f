package loginstream.deadletter.redrive;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import loginstream.Application;
import loginstream.config.Settings;
import loginstream.deadletter.store.DeadLetterException;
import loginstream.deadletter.store.DeadLetterFilter;
import loginstream.deadletter.store.RecordPosition;
import loginstream.fixture.Cluster;
import loginstream.fixture.DeadLetterRecords;
import loginstream.fixture.Logins;
import loginstream.fixture.SharedBroker;
import loginstream.fixture.TestTopics;
import loginstream.login.MemberEdits;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Dead letters are sent again, once, whatever happens meanwhile. Long, because each test is one thing that can happen
 * meanwhile, and all of them begin with the same dead letters.
 */
@ExtendWith(SharedBroker.class)
class RedriverIT {
    private static final DeadLetterFilter ALL = DeadLetterFilter.all();
    private static final MemberEdits DEVICE = MemberEdits.parse(List.of("device_type=unknown"));

    @Test
    void aRepairedRecordGoesItsWayOnce(Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(2);
        cluster.sendValues(
                topics.input(),
                List.of(
                        Logins.bytes(Logins.withoutDevice(1)),
                        Logins.bytes("{\"user_id\":"),
                        Logins.bytes(Logins.withoutDevice(2))));
        DeadLetterFilter missing = new DeadLetterFilter(null, "device_type: missing", null, null, null, false, null);
        RedriveRequest request = new RedriveRequest(missing, DEVICE, 3, 0);

        try (Application application = new Application(topics.settings(cluster))) {
            application.start();
            await().atMost(30, SECONDS).until(() -> cluster.isCaughtUp(topics.input(), topics.group()));

            // When
            RedriveResult first = redrive(cluster, topics, request);
            await().atMost(30, SECONDS)
                    .until(() -> cluster.readCommitted(topics.output()).size() == 2);
            RedriveResult second = redrive(cluster, topics, request);

            // Then
            assertThat(first).isEqualTo(new RedriveResult(2, 2, 0, 0, 0, 0, 0));
            assertThat(second).isEqualTo(new RedriveResult(2, 0, 2, 0, 0, 0, 0));
        }
        assertThat(cluster.readCommitted(topics.input())).hasSize(5);
        List<ConsumerRecord<byte[], byte[]>> out = cluster.readCommitted(topics.output());
        assertThat(out).hasSize(2).allSatisfy(record -> {
            assertThat(Logins.text(record.value())).contains(",\"device_type\":\"unknown\",\"event_time\":");
            assertThat(record.headers().toArray())
                    .containsExactly(new RecordHeader("loginstream-redrives", Logins.bytes("1")));
        });
        assertThat(cluster.readCommitted(topics.deadLetter())).hasSize(3);
    }

    @Test
    void whatFailsAgainTellsTheNewReasonOnly(Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        cluster.send(List.of(DeadLetterRecords.of(
                topics, 4, Logins.withoutDevice(1), "processing", "IllegalStateException: no database", 1)));

        // When
        try (Application application = new Application(topics.settings(cluster))) {
            application.start();
            redrive(cluster, topics, RedriveRequest.of(ALL));
            await().atMost(30, SECONDS)
                    .until(() -> cluster.readCommitted(topics.deadLetter()).size() == 2);
        }

        // Then
        ConsumerRecord<byte[], byte[]> again =
                cluster.readCommitted(topics.deadLetter()).get(1);
        assertThat(Stream.of(again.headers().toArray()).map(Header::key)).doesNotHaveDuplicates();
        assertThat(text(again, "loginstream-reason")).isEqualTo("device_type: missing");
        assertThat(text(again, "loginstream-failure")).isEqualTo("invalid");
        assertThat(text(again, "loginstream-redrives")).isEqualTo("2");
        assertThat(text(again, "loginstream-source")).isEqualTo(topics.input() + "-0@0");
        assertThat(text(again, "trace")).isEqualTo("t4");
    }

    @Test
    void keepsEverythingElseByteForByte(Cluster cluster) {
        // Given
        TestTopics topics = cluster.freshTopics(3);
        byte[] key = {0, -1, 7};
        byte[] value = {'{', ' ', '"', 'n', '"', ':', '1', '.', '0', '0', ' ', '}', '\n'};
        Headers headers = new RecordHeaders();
        headers.add("trace", new byte[] {0, -1});
        headers.add("loginstream-redrives", Logins.bytes("1"));
        headers.add("kafka_dlt-original-topic", Logins.bytes(topics.input()));
        headers.add(
                "kafka_dlt-original-partition", ByteBuffer.allocate(4).putInt(2).array());
        headers.add("kafka_dlt-original-offset", new byte[8]);
        headers.add(
                "kafka_dlt-original-timestamp",
                ByteBuffer.allocate(8).putLong(1234567890123L).array());
        for (String name : List.of(
                "kafka_dlt-exception-fqcn",
                "kafka_dlt-exception-message",
                "kafka_dlt-exception-stacktrace",
                "loginstream-failure",
                "loginstream-reason",
                "loginstream-source",
                "loginstream-failed-at",
                "loginstream-attempts")) {
            headers.add(name, Logins.bytes("x"));
        }
        headers.add("trace", null);
        headers.add("kafka.KEY", new byte[0]);
        cluster.send(List.of(new ProducerRecord<>(topics.deadLetter(), 1, 99L, key, value, headers)));

        // When
        redrive(cluster, topics, RedriveRequest.of(ALL));

        // Then
        ConsumerRecord<byte[], byte[]> sent =
                cluster.readCommitted(topics.input()).get(0);
        assertThat(sent.partition()).isEqualTo(2);
        assertThat(sent.timestamp()).isEqualTo(1234567890123L);
        assertThat(sent.key()).isEqualTo(key);
        assertThat(sent.value()).isEqualTo(value);
        assertThat(sent.headers().toArray())
                .containsExactly(
                        new RecordHeader("trace", new byte[] {0, -1}),
                        new RecordHeader("trace", (byte[]) null),
                        new RecordHeader("kafka.KEY", new byte[0]),
                        new RecordHeader("loginstream-redrives", Logins.bytes("2")));
    }

    @Test
    void leavesAloneWhatCannotBeSentAndCountsIt(Cluster cluster) {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        TestTopics others = cluster.freshTopics(1);
        ProducerRecord<byte[], byte[]> fromElsewhere =
                DeadLetterRecords.of(others, 0, Logins.withoutDevice(1), "invalid", "device_type: missing", 0);
        cluster.send(List.of(
                DeadLetterRecords.of(topics, 0, Logins.withoutDevice(1), "invalid", "device_type: missing", 2),
                DeadLetterRecords.of(topics, 1, Logins.withoutDevice(2), "invalid", "device_type: missing", 3),
                DeadLetterRecords.of(topics, 2, "[]", "unparseable", "not a JSON object", 0),
                new ProducerRecord<>(
                        topics.deadLetter(), null, null, null, fromElsewhere.value(), fromElsewhere.headers()),
                new ProducerRecord<>(topics.deadLetter(), Logins.bytes("no headers at all"))));

        // When
        RedriveResult result = redrive(cluster, topics, new RedriveRequest(ALL, DEVICE, 3, 0));

        // Then
        assertThat(result).isEqualTo(new RedriveResult(5, 1, 0, 1, 1, 2, 0));
        assertThat(cluster.readCommitted(topics.input())).hasSize(1);
    }

    @Test
    void aPlanSendsNothing(Cluster cluster) {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        cluster.send(DeadLetterRecords.withoutDevice(topics, 10));

        // When
        RedriveResult expected =
                redriver(cluster, topics).plan(RedriveRequest.of(ALL)).expected();

        // Then
        assertThat(expected).isEqualTo(new RedriveResult(10, 10, 0, 0, 0, 0, 0));
        assertThat(cluster.ends(topics.input()).values()).containsExactly(0L);
    }

    @Test
    void aRecordTheBrokersRefuseDoesNotHoldUpTheOthers(Cluster cluster) {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        TestTopics small = new TestTopics(
                cluster.freshTopics(1, java.util.Map.of("max.message.bytes", "20000"))
                        .output(),
                "unused",
                topics.deadLetter(),
                "unused");
        cluster.send(List.of(
                DeadLetterRecords.of(small, 0, Logins.withoutDevice(1), "invalid", "r", 0),
                DeadLetterRecords.of(small, 1, "x".repeat(30_000), "unparseable", "r", 0),
                DeadLetterRecords.of(small, 2, Logins.withoutDevice(2), "invalid", "r", 0)));

        // When
        RedriveResult first = redrive(cluster, small, RedriveRequest.of(ALL));
        RedriveResult second = redrive(cluster, small, RedriveRequest.of(ALL));

        // Then
        assertThat(first).isEqualTo(new RedriveResult(3, 2, 0, 0, 0, 0, 1));
        assertThat(second).isEqualTo(new RedriveResult(3, 0, 2, 0, 0, 0, 1));
        assertThat(cluster.readCommitted(small.input()))
                .extracting(record -> Logins.text(record.value()))
                .containsExactly(Logins.withoutDevice(1), Logins.withoutDevice(2));
    }

    @Test
    void oneThatBeginsLaterEndsTheEarlierOneAndNothingIsSentTwice(Cluster cluster) throws Exception {
        // Given
        TestTopics topics = cluster.freshTopics(2);
        cluster.send(DeadLetterRecords.withoutDevice(topics, 3_000));
        Redriver first = redriver(cluster, topics);
        RedrivePlan slow = first.plan(new RedriveRequest(ALL, DEVICE, 3, 200));
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<RedriveResult> earlier =
                CompletableFuture.supplyAsync(() -> first.redrive(slow, sent -> begun.countDown()));
        assertThat(begun.await(30, SECONDS)).isTrue();

        // When
        RedriveResult later = redrive(cluster, topics, new RedriveRequest(ALL, DEVICE, 3, 0));

        // Then
        assertThatThrownBy(earlier::get)
                .hasRootCauseInstanceOf(org.apache.kafka.common.errors.ApiException.class)
                .hasMessageContaining("another redrive of " + topics.deadLetter() + " has begun meanwhile");
        assertThat(later.alreadyRedriven()).isPositive();
        assertThat(later.sent()).isEqualTo(3_000 - later.alreadyRedriven());
        assertEachOnce(cluster, topics, 3_000);
    }

    @Test
    void manyAtTheSameTimeNeverSendTwice(Cluster cluster) {
        // Given
        TestTopics topics = cluster.freshTopics(2);
        cluster.send(DeadLetterRecords.withoutDevice(topics, 5_000));

        // When
        List<CompletableFuture<Void>> all = new ArrayList<>();
        IntStream.range(0, 4)
                .forEach(i -> all.add(CompletableFuture.runAsync(() -> {
                    try {
                        redrive(cluster, topics, RedriveRequest.of(ALL));
                    } catch (DeadLetterException e) {
                        assertThat(e).hasMessageContaining("another redrive");
                    }
                })));
        all.forEach(CompletableFuture::join);
        redrive(cluster, topics, RedriveRequest.of(ALL));

        // Then
        assertEachOnce(cluster, topics, 5_000);
    }

    @Test
    void aTopicThatIsMadeAnewStartsWithoutMemory(Cluster cluster) {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        cluster.send(DeadLetterRecords.withoutDevice(topics, 3));
        redrive(cluster, topics, RedriveRequest.of(ALL));
        cluster.recreate(topics.deadLetter());
        cluster.send(DeadLetterRecords.withoutDevice(topics, 2));

        // When
        RedriveResult first = redrive(cluster, topics, RedriveRequest.of(ALL));
        RedriveResult second = redrive(cluster, topics, RedriveRequest.of(ALL));

        // Then
        assertThat(first).isEqualTo(new RedriveResult(2, 2, 0, 0, 0, 0, 0));
        assertThat(second).isEqualTo(new RedriveResult(2, 0, 2, 0, 0, 0, 0));
    }

    @Test
    void endsAtOnceWhereItIsStopped(Cluster cluster) {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        cluster.send(DeadLetterRecords.withoutDevice(topics, 100));
        Redriver redriver = redriver(cluster, topics);
        RedrivePlan plan = redriver.plan(new RedriveRequest(ALL, MemberEdits.none(), 3, 10));

        // When
        RedriveResult result = redriver.redrive(plan, sent -> redriver.stop());

        // Then
        assertThat(result.sent()).isEqualTo(10);
        assertThat(cluster.readCommitted(topics.input())).hasSize(10);
    }

    @Test
    void takesOnlyThePositionsItIsGiven(Cluster cluster) {
        // Given
        TestTopics topics = cluster.freshTopics(1);
        cluster.send(DeadLetterRecords.withoutDevice(topics, 20));
        Set<RecordPosition> positions = Set.of(
                new RecordPosition(topics.deadLetter(), 0, 3),
                new RecordPosition(topics.deadLetter(), 0, 11),
                new RecordPosition(topics.deadLetter(), 0, 999));

        // When
        RedriveResult result = redrive(
                cluster,
                topics,
                RedriveRequest.of(new DeadLetterFilter(null, null, null, null, null, false, positions)));

        // Then
        assertThat(result).isEqualTo(new RedriveResult(2, 2, 0, 0, 0, 0, 0));
        assertThat(cluster.readCommitted(topics.input()))
                .extracting(record -> Logins.text(record.value()))
                .containsExactly(Logins.withoutDevice(3), Logins.withoutDevice(11));
    }

    private static Redriver redriver(Cluster cluster, TestTopics topics) {
        Settings settings = topics.settings(cluster);
        return new Redriver(settings.clients(), settings.topics(), Clock.systemUTC());
    }

    private static RedriveResult redrive(Cluster cluster, TestTopics topics, RedriveRequest request) {
        Redriver redriver = redriver(cluster, topics);
        return redriver.redrive(redriver.plan(request), sent -> {});
    }

    private static void assertEachOnce(Cluster cluster, TestTopics topics, int count) {
        assertThat(cluster.readCommitted(topics.input()))
                .extracting(record -> text(record, "trace"))
                .hasSize(count)
                .doesNotHaveDuplicates();
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
        return Logins.text(record.headers().lastHeader(header).value());
    }
}
