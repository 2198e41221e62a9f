package loginstream.delivery.settlement;

import static loginstream.fixture.LoginRecords.NOW;
import static loginstream.fixture.LoginRecords.TOPIC;
import static loginstream.fixture.LoginRecords.record;
import static loginstream.fixture.SingleLogin.allOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import loginstream.login.Participant;
import loginstream.login.Rejection;
import loginstream.storage.Gathering;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commits for which logins are gathered, and in which a store takes part. */
class GatheringTest {
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final Gathering FIVE = new Gathering(5, Duration.ofMinutes(1));

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final FakeDelivery delivery = new FakeDelivery(consumer);
    private final Told told = new Told();
    private final HeldThread thread = new HeldThread();
    private Instant now = NOW;
    private final InstantSource clock = () -> now;
    private Settlement settlement = settlement(FIVE);
    private long offset;
    private byte[] value;

    @BeforeEach
    void begin() {
        consumer.assign(List.of(PARTITION));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        settlement.open();
        assertThat(settlement.recovered()).isTrue();
    }

    @Test
    void whatIsSentWaitsForWhatIsStored() {
        // Given
        LoginBatch batch = routed(2);

        // When
        allOf(batch).get(0).send(new ProducerRecord<>("refused", new byte[0]));

        // Then
        Store store = store(batch);
        assertThat(store.ended).isEmpty();
        assertThat(delivery.sent()).isEmpty();

        // When
        settlement.commit();

        // Then
        assertThat(store.ended).containsExactly("committed, 0 sent");
        assertThat(delivery.sent()).hasSize(1);
        assertThat(told.counted()).containsExactly(2);
    }

    @Test
    void waitsForMoreInItsOwnWayOnly() {
        routed(5);
        settlement.commit();
        assertThat(settlement.untilNextCommit()).isZero();
    }

    @Test
    void isDueWhenThereAreEnough() {
        routed(4);
        assertThat(settlement.isDue()).isFalse();

        routed(1);
        assertThat(settlement.isDue()).isTrue();
    }

    @Test
    void isDueWhenTheyAreLarge() {
        // Given
        settlement = settlement(new Gathering(1000, Duration.ofMinutes(1)));
        settlement.open();
        value = new byte[1 << 20];

        // When
        routed(63);
        assertThat(settlement.isDue()).isFalse();
        routed(1);

        // Then
        assertThat(settlement.isDue()).isTrue();
    }

    @Test
    void moreIsWaitedForUntilItIsTime() {
        // Given
        routed(1);

        // When
        now = now.plusSeconds(20);
        Duration wait = settlement.beforeWait(Duration.ofMinutes(5));

        // Then
        assertThat(wait).isEqualTo(Duration.ofSeconds(40));
        assertThat(told.counted()).isEmpty();
    }

    @Test
    void isDueWhenItIsTime() {
        routed(1);
        now = now.plus(FIVE.atMost());

        assertThat(settlement.beforeWait(Duration.ofMinutes(5))).isZero();
        assertThat(settlement.isDue()).isTrue();
    }

    @Test
    void allComesAgainAsOneWhereItIsNotStored() {
        // Given
        Store store = store(routed(2));
        routed(1).forEach(login -> login.send(new ProducerRecord<>("refused", new byte[0])));
        store.failure = new IllegalStateException("full");

        // When
        settlement.commit();

        // Then
        assertThat(store.ended).containsExactly("failed", "rolled back");
        assertThat(delivery.sent()).isEmpty();
        assertThat(told.failures()).containsExactly(store.failure);
        assertThat(told.timesStored()).isZero();
        assertThat(handedOutAgain()).isEqualTo("0 1 2");
    }

    @Test
    void aDeadLetterIsKnownAsOneWhenItIsSent() {
        // Given
        LoginBatch batch = next(2);
        Login login = allOf(batch).get(1);
        login.reject(new Rejection.Failed(new IllegalStateException("a step threw"), 1));
        login.becomeDeadLetter(new RecordHeaders());
        login.sendLater(new ProducerRecord<>("refused", new byte[0]), false);
        login.sendWaiting();

        // When
        settlement.succeeded(batch, Duration.ZERO);
        settlement.commit();

        // Then
        assertThat(delivery.sent()).singleElement().matches(Sending::asDeadLetter);
    }

    @Test
    void isDueWhenMuchIsToBeSent() {
        // Given
        LoginBatch batch = routed(1);

        // When
        allOf(batch).get(0).send(new ProducerRecord<>("refused", new byte[64 << 20]));

        // Then
        assertThat(settlement.isDue()).isTrue();
    }

    @Test
    void severalBatchesMayComeBeforeACommitIsThrough() {
        // Given
        Store first = store(routed(5));
        thread.hold();
        settlement.commitMeanwhile();

        // When
        Store second = store(routed(2));
        routed(2);

        // Then
        assertThat(second).isNotSameAs(first);
        assertThat(told.counted()).isEmpty();
        thread.goOn();
        settlement.commit();
        assertThat(told.counted()).containsExactly(5, 2, 2);
        assertThat(second.ended).containsExactly("committed, 0 sent");
    }

    @Test
    void theyComeAgainWhereThatCommitFails() {
        // Given
        routed(5);
        thread.hold();
        delivery.failNext(new TimeoutException("no answer"));
        settlement.commitMeanwhile();
        Store second = store(routed(2));
        routed(1);

        // When
        thread.goOn();
        settlement.succeeded(next(2), Duration.ZERO);

        // Then
        assertThat(second.ended).containsExactly("rolled back");
        assertThat(told.counted()).isEmpty();
        assertThat(handedOutAgain()).isEqualTo("0 1 2 3 4 | 5 6 7 | 8 9");
    }

    @Test
    void whatIsStoredIsRolledBackWithABatchThatFails() {
        // Given
        Store store = store(routed(2));

        // When
        settlement.failed(next(2), new IllegalStateException("a step threw"));

        // Then
        assertThat(store.ended).containsExactly("rolled back");
        assertThat(handedOutAgain()).isEqualTo("0 1 | 2 | 3");
    }

    private Settlement settlement(Gathering gathering) {
        return new Settlement(
                consumer,
                delivery,
                told.options(gathering),
                new DeliveryThread(thread, Duration.ofSeconds(1)),
                clock.withZone(ZoneOffset.UTC));
    }

    /** A batch that the route is through with. */
    private LoginBatch routed(int size) {
        LoginBatch batch = next(size);
        settlement.succeeded(batch, Duration.ZERO);
        return batch;
    }

    private LoginBatch next(int size) {
        for (int i = 0; i < size; i++) {
            consumer.addRecord(record(0, offset++, null, value));
        }
        settlement.fetched(consumer.poll(Duration.ZERO));
        return settlement.next();
    }

    private String handedOutAgain() {
        List<String> batches = new ArrayList<>();
        while (settlement.hasNext()) {
            batches.add(allOf(settlement.next()).stream()
                    .map(login -> Long.toString(login.source().offset()))
                    .reduce((left, right) -> left + " " + right)
                    .orElseThrow());
        }
        return String.join(" | ", batches);
    }

    private Store store(LoginBatch batch) {
        Login any = allOf(batch).get(0);
        try {
            return any.enlist(Store.class, Store::new).orElseThrow();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Tells how it ended. */
    private final class Store implements Participant {
        private final List<String> ended = new ArrayList<>();
        private RuntimeException failure;

        @Override
        public void commit() {
            if (failure != null) {
                ended.add("failed");
                throw failure;
            }
            ended.add("committed, " + delivery.sent().size() + " sent");
        }

        @Override
        public void rollback() {
            ended.add("rolled back");
        }
    }

    /** Runs everything at once, or when it goes on. */
    private static final class HeldThread extends SameThread {
        private final Deque<Runnable> tasks = new ArrayDeque<>();
        private boolean held;

        void hold() {
            held = true;
        }

        void goOn() {
            held = false;
            while (!tasks.isEmpty()) {
                tasks.remove().run();
            }
        }

        @Override
        public void execute(Runnable task) {
            if (held) {
                tasks.add(task);
            } else {
                task.run();
            }
        }
    }
}
