package loginstream.delivery.settlement;

import static loginstream.fixture.LoginRecords.NOW;
import static loginstream.fixture.LoginRecords.TOPIC;
import static loginstream.fixture.LoginRecords.record;
import static loginstream.fixture.SingleLogin.allOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import loginstream.login.DeadLetterForm;
import loginstream.login.Failure;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import loginstream.login.Rejection;
import loginstream.storage.Gathering;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultUnitOfWork;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every end that a batch can come to: what is counted, what is committed, what comes again. The batch is the first three
 * records of partition 0 and the first two of partition 1. Long, because all ends are in one table.
 */
class SettlementTest {
    private static final TopicPartition ZERO = new TopicPartition(TOPIC, 0);
    private static final TopicPartition ONE = new TopicPartition(TOPIC, 1);
    private static final List<TopicPartition> BOTH = List.of(ZERO, ONE);
    private static final KafkaException NO_ANSWER = new TimeoutException("no answer");
    private static final String ALL = "0@0 0@1 0@2 1@0 1@1";
    private static final String DONE = "{0=3, 1=2}";
    private static final String NOTHING = "";
    private static final String UNTOUCHED = "{}";
    private static final CamelContext CONTEXT = new DefaultCamelContext();

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final FakeDelivery delivery = new FakeDelivery(consumer);
    private final Told told = new Told();
    private Instant now = NOW;
    private final InstantSource clock = () -> now;
    private final Settlement settlement = new Settlement(
            consumer,
            delivery,
            told.options(Gathering.NONE),
            new DeliveryThread(new SameThread(), Duration.ofSeconds(1)),
            clock.withZone(ZoneOffset.UTC));
    private final List<String> completions = new ArrayList<>();
    private LoginBatch batch;

    /** Something that happens to the batch in hand, which is through with its route unless it says otherwise. */
    private interface Event extends Consumer<SettlementTest> {}

    static Stream<Arguments> endings() {
        return Stream.of(
                ending("committed", SettlementTest::commit, 5, DONE, NOTHING),
                ending(
                        "failed",
                        test -> {
                            test.delivery.failNext(NO_ANSWER);
                            test.commit();
                        },
                        0,
                        UNTOUCHED,
                        ALL),
                ending(
                        "unknown, and it had happened",
                        test -> {
                            test.delivery.loseAnswer(true, NO_ANSWER);
                            test.commit();
                        },
                        5,
                        DONE,
                        NOTHING),
                ending(
                        "unknown, and it had not happened",
                        test -> {
                            test.delivery.loseAnswer(false, NO_ANSWER);
                            test.commit();
                        },
                        0,
                        UNTOUCHED,
                        ALL),
                ending(
                        "unknown, and the brokers are away for a while",
                        test -> {
                            test.delivery.loseAnswer(true, NO_ANSWER);
                            test.delivery.failOpens(3);
                            test.commit();
                        },
                        5,
                        DONE,
                        NOTHING),
                ending(
                        "fenced: its transaction was ended for taking too long",
                        test -> {
                            test.delivery.loseAnswer(false, new ProducerFencedException("too late"));
                            test.commit();
                        },
                        0,
                        UNTOUCHED,
                        "0@0 0@1 | 0@2 1@0 1@1"),
                ending(
                        "a record is refused",
                        test -> {
                            test.delivery.refuse(test.login(1), new RecordTooLargeException("large"), false);
                            test.commit();
                        },
                        0,
                        UNTOUCHED,
                        "0@0 | 0@1 | 0@2 1@0 1@1"),
                ending(
                        "a dead letter is refused for its size",
                        test -> {
                            test.reject(1);
                            test.delivery.refuse(test.login(1), new RecordTooLargeException("large"), true);
                            test.commit();
                        },
                        0,
                        UNTOUCHED,
                        "0@0 | 0@1 without_stacktrace | 0@2 1@0 1@1"),
                ending(
                        "a dead letter is refused for its timestamp",
                        test -> {
                            test.reject(1);
                            test.delivery.refuse(test.login(1), new InvalidTimestampException("future"), true);
                            test.commit();
                        },
                        0,
                        UNTOUCHED,
                        "0@0 | 0@1 without_timestamp | 0@2 1@0 1@1"),
                ending("revoked before it is committed", test -> test.settlement.revoked(BOTH), 5, DONE, NOTHING),
                ending(
                        "revoked while committing fails",
                        test -> {
                            test.delivery.failNext(NO_ANSWER);
                            test.settlement.revoked(BOTH);
                            test.othersCommit(3, 2);
                        },
                        0,
                        DONE,
                        NOTHING),
                ending(
                        "revoked while committing, unknown, and the brokers tell in time",
                        test -> {
                            test.delivery.loseAnswer(true, NO_ANSWER);
                            test.settlement.revoked(BOTH);
                            test.othersCommit(7, 7);
                        },
                        5,
                        "{0=7, 1=7}",
                        NOTHING),
                ending(
                        "revoked while committing, unknown, and another member commits the same records",
                        test -> {
                            test.delivery.loseAnswer(false, NO_ANSWER);
                            test.delivery.failOpens(1);
                            test.settlement.revoked(BOTH);
                            test.othersCommit(3, 2);
                        },
                        0,
                        DONE,
                        NOTHING),
                ending(
                        "one partition revoked while committing, unknown: the other one tells that it had happened",
                        test -> {
                            test.delivery.loseAnswer(true, NO_ANSWER);
                            test.delivery.failOpens(1);
                            test.settlement.revoked(List.of(ZERO));
                            test.othersCommit(7, 2);
                        },
                        5,
                        "{0=7, 1=2}",
                        NOTHING),
                ending(
                        "one partition revoked while committing, unknown: the other one tells that it had not happened",
                        test -> {
                            test.delivery.loseAnswer(false, NO_ANSWER);
                            test.delivery.failOpens(1);
                            test.settlement.revoked(List.of(ZERO));
                            test.othersCommit(7, null);
                        },
                        0,
                        "{0=7}",
                        "1@0 1@1"),
                ending("lost", test -> test.settlement.lost(BOTH), 0, UNTOUCHED, NOTHING),
                ending(
                        "lost in doubt, and another member commits the same records",
                        test -> {
                            test.delivery.loseAnswer(false, NO_ANSWER);
                            test.settlement.commit();
                            test.settlement.lost(BOTH);
                            test.othersCommit(3, 2);
                        },
                        0,
                        DONE,
                        NOTHING));
    }

    private static Arguments ending(String name, Event event, int counted, String committed, String again) {
        return argumentSet(name, event, counted, committed, again);
    }

    @BeforeEach
    void handOut() {
        consumer.assign(BOTH);
        consumer.updateBeginningOffsets(Map.of(ZERO, 0L, ONE, 0L));
        settlement.open();
        recover();
        fetch(record(0, 0, null, null), record(0, 1, null, null), record(0, 2, null, null));
        batch = settlement.next();
        waitForCompletion(batch);
    }

    /** As a step does that is to be completed once its login is done with. */
    private void waitForCompletion(LoginBatch of) {
        of.keepOrder();
        Exchange own = new DefaultExchange(CONTEXT);
        own.getExchangeExtension().setUnitOfWork(new DefaultUnitOfWork(own));
        own.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onComplete(Exchange done) {
                completions.add("committed");
            }

            @Override
            public void onFailure(Exchange done) {
                completions.add("given up");
            }
        });
        login(of, 0).travelIn(own);
    }

    @ParameterizedTest
    @MethodSource("endings")
    void comesToItsEnd(Event event, int records, String committed, String again) {
        // Given
        settlement.succeeded(batch, Duration.ZERO);

        // When
        event.accept(this);
        recover();

        // Then
        assertThat(told.counted().stream().mapToInt(Integer::intValue).sum()).isEqualTo(records);
        assertThat(committed()).isEqualTo(committed);
        assertThat(handedOutAgain()).isEqualTo(again);
        settlement.close();
        assertThat(completions).containsExactly(records > 0 ? "committed" : "given up");
    }

    @Test
    void stoppedInTheMiddleOfTheRoute() {
        // When
        settlement.unfinished(batch);
        settlement.commit();
        settlement.close();

        // Then
        assertThat(told.counted()).isEmpty();
        assertThat(committed()).isEqualTo(UNTOUCHED);
        assertThat(delivery.rollbacks()).isPositive();
        assertThat(delivery.isOpen()).isFalse();
        assertThat(completions).containsExactly("given up");
    }

    @Test
    void stoppedAfterTheRoute() {
        // When
        settlement.succeeded(batch, Duration.ZERO);
        settlement.commit();
        settlement.close();

        // Then
        assertThat(told.counted()).containsExactly(5);
        assertThat(committed()).isEqualTo(DONE);
        assertThat(delivery.isOpen()).isFalse();
    }

    @Test
    void theRouteFails() {
        // When
        settlement.failed(batch, new IllegalStateException("a step threw"));
        settlement.commit();

        // Then
        assertThat(told.counted()).isEmpty();
        assertThat(committed()).isEqualTo(UNTOUCHED);
        assertThat(delivery.rollbacks()).isEqualTo(1);
        assertThat(completions).containsExactly("given up");
        assertThat(handedOutAgain()).isEqualTo("0@0 0@1 | 0@2 1@0 1@1");
    }

    @Test
    void aDeadLetterThatIsRefusedInEveryFormGivesWayToAStandIn() {
        // Given
        refuseDeadLetterOf(batch, 1);
        settlement.commit();
        recover();
        LoginBatch before = settlement.next();
        settlement.succeeded(before, Duration.ZERO);
        settlement.commit();

        // When
        LoginBatch alone = settlement.next();
        refuseDeadLetterOf(alone, 0);
        settlement.commit();
        recover();
        Login last = login(settlement.next(), 0);

        // Then
        assertThat(last.deadLetterForm()).isEqualTo(DeadLetterForm.STAND_IN);
        assertThat(last.state()).isEqualTo(Login.State.REJECTED);
        assertThat(last.rejection().failure()).isEqualTo(Failure.PROCESSING);
        assertThat(last.rejection().reason()).contains(TOPIC + "-0@1", "bytes", "RecordTooLarge", "a step threw");
    }

    @Test
    void whatFollowsTheLastRecordIsCommittedWithIt() {
        // Given a marker behind the records of partition 0, which the next poll passes
        settlement.succeeded(batch, Duration.ZERO);
        consumer.seek(ZERO, 4);
        fetchNothing();

        // When
        settlement.commit();

        // Then
        assertThat(committed()).isEqualTo("{0=4, 1=2}");
    }

    @Test
    void butNotBeforeTheLastRecord() {
        // Given
        consumer.addRecord(record(0, 3, null, null));
        fetch();
        consumer.seek(ZERO, 5);
        settlement.succeeded(batch, Duration.ZERO);

        // When
        settlement.commit();

        // Then
        assertThat(committed()).isEqualTo(DONE);
        settlement.succeeded(settlement.next(), Duration.ZERO);
        aSecondLater();
        settlement.commit();
        assertThat(committed()).isEqualTo("{0=5, 1=2}");
    }

    @Test
    void whatIsNoRecordIsCommittedWhileNothingElseIsToBeDone() {
        // Given
        settlement.succeeded(batch, Duration.ZERO);
        settlement.commit();
        consumer.seek(ONE, 3);
        aSecondLater();

        // When
        settlement.idle();

        // Then
        assertThat(committed()).isEqualTo("{0=3, 1=3}");
        assertThat(told.counted()).containsExactly(5);
    }

    @Test
    void anIdlePollCommitsNothing() {
        // Given
        settlement.succeeded(batch, Duration.ZERO);
        settlement.commit();
        aSecondLater();
        delivery.failNext(NO_ANSWER);

        // When
        settlement.idle();

        // Then
        assertThat(delivery.isOpen()).isTrue();
    }

    private void refuseDeadLetterOf(LoginBatch inHand, int number) {
        Login login = login(inHand, number);
        login.reject(new Rejection.Failed(new IllegalStateException("a step threw"), 1));
        settlement.succeeded(inHand, Duration.ZERO);
        delivery.refuse(login, new RecordTooLargeException("large"), true);
    }

    private void commit() {
        settlement.commit();
    }

    private void reject(int number) {
        login(number).reject(new Rejection.Failed(new IllegalStateException("a step threw"), 1));
    }

    private Login login(int number) {
        return login(batch, number);
    }

    private static Login login(LoginBatch of, int number) {
        return allOf(of).get(number);
    }

    /** Another member has these partitions now, or one of them, and gets so far. */
    private void othersCommit(Integer zero, Integer one) {
        if (zero != null) {
            consumer.commitSync(Map.of(ZERO, new OffsetAndMetadata(zero)));
        }
        if (one != null) {
            consumer.commitSync(Map.of(ONE, new OffsetAndMetadata(one)));
        }
    }

    @SafeVarargs
    private void fetch(ConsumerRecord<byte[], byte[]>... records) {
        for (ConsumerRecord<byte[], byte[]> one : records) {
            consumer.addRecord(one);
        }
        if (records.length > 0) {
            consumer.addRecord(record(1, 0, null, null));
            consumer.addRecord(record(1, 1, null, null));
        }
        settlement.fetched(consumer.poll(Duration.ZERO));
    }

    private void fetchNothing() {
        aSecondLater();
        settlement.fetched(ConsumerRecords.empty());
    }

    private void aSecondLater() {
        now = now.plusSeconds(1);
    }

    private void recover() {
        for (int attempt = 0; !settlement.recovered(); attempt++) {
            assertThat(attempt).as("attempts to recover").isLessThan(20);
            now = now.plusSeconds(6);
        }
    }

    /** By partition, in their order. */
    private String committed() {
        Map<Integer, Long> offsets = new TreeMap<>();
        consumer.committed(Set.copyOf(BOTH)).forEach((partition, offset) -> {
            if (offset != null) {
                offsets.put(partition.partition(), offset.offset());
            }
        });
        return offsets.toString();
    }

    private String handedOutAgain() {
        List<String> batches = new ArrayList<>();
        while (settlement.hasNext()) {
            batches.add(allOf(settlement.next()).stream()
                    .map(SettlementTest::described)
                    .collect(Collectors.joining(" ")));
        }
        return String.join(" | ", batches);
    }

    private static String described(Login login) {
        String position = login.source().partition() + "@" + login.source().offset();
        return login.deadLetterForm() == DeadLetterForm.WHOLE
                ? position
                : position + " " + login.deadLetterForm().word();
    }
}
