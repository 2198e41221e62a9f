package loginstream.delivery.settlement;

import static loginstream.fixture.SingleLogin.allOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import loginstream.login.Login;
import loginstream.login.LoginBatch;
import loginstream.login.Participant;
import loginstream.login.Rejection;
import loginstream.storage.Gathering;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** Commits for which logins are gathered, and in which a store takes part. */
class GatheringTest {
    private static final Gathering FIVE = new Gathering(5, Duration.ofMinutes(1));

    private final OnePartition partition = new OnePartition(FIVE);
    private final FakeDelivery delivery = partition.delivery;
    private final Told told = partition.told;
    private final HeldThread thread = partition.thread;
    private final Settlement settlement = partition.settlement;

    @Test
    void whatIsSentWaitsForWhatIsStored() {
        // Given
        LoginBatch batch = partition.routed(2);

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
        partition.routed(5);
        settlement.commit();
        assertThat(settlement.untilNextCommit()).isZero();
    }

    @Test
    void isDueWhenThereAreEnough() {
        partition.routed(4);
        assertThat(settlement.isDue()).isFalse();

        partition.routed(1);
        assertThat(settlement.isDue()).isTrue();
    }

    @Test
    void isDueWhenTheyAreLarge() {
        // Given
        OnePartition many = new OnePartition(new Gathering(1000, Duration.ofMinutes(1)));
        many.value = new byte[1 << 20];

        // When
        many.routed(63);
        assertThat(many.settlement.isDue()).isFalse();
        many.routed(1);

        // Then
        assertThat(many.settlement.isDue()).isTrue();
    }

    @Test
    void moreIsWaitedForUntilItIsTime() {
        // Given
        partition.routed(1);

        // When
        partition.now = partition.now.plusSeconds(20);
        Duration wait = settlement.beforeWait(Duration.ofMinutes(5));

        // Then
        assertThat(wait).isEqualTo(Duration.ofSeconds(40));
        assertThat(told.counted()).isEmpty();
    }

    @Test
    void isDueWhenItIsTime() {
        partition.routed(1);
        partition.now = partition.now.plus(FIVE.atMost());

        assertThat(settlement.beforeWait(Duration.ofMinutes(5))).isZero();
        assertThat(settlement.isDue()).isTrue();
    }

    @Test
    void allComesAgainAsOneWhereItIsNotStored() {
        // Given
        Store store = store(partition.routed(2));
        partition.routed(1).forEach(login -> login.send(new ProducerRecord<>("refused", new byte[0])));
        store.failure = new IllegalStateException("full");

        // When
        settlement.commit();

        // Then
        assertThat(store.ended).containsExactly("failed", "rolled back");
        assertThat(delivery.sent()).isEmpty();
        assertThat(told.failures()).containsExactly(store.failure);
        assertThat(told.timesStored()).isZero();
        assertThat(partition.handedOutAgain()).isEqualTo("0 1 2");
    }

    @Test
    void aDeadLetterIsKnownAsOneWhenItIsSent() {
        // Given
        LoginBatch batch = partition.next(2);
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
        LoginBatch batch = partition.routed(1);

        // When
        allOf(batch).get(0).send(new ProducerRecord<>("refused", new byte[64 << 20]));

        // Then
        assertThat(settlement.isDue()).isTrue();
    }

    @Test
    void severalBatchesMayComeBeforeACommitIsThrough() {
        // Given
        Store first = store(partition.routed(5));
        thread.hold();
        settlement.commitMeanwhile();

        // When
        Store second = store(partition.routed(2));
        partition.routed(2);

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
        partition.routed(5);
        thread.hold();
        delivery.failNext(new TimeoutException("no answer"));
        settlement.commitMeanwhile();
        Store second = store(partition.routed(2));
        partition.routed(1);

        // When
        thread.goOn();
        settlement.succeeded(partition.next(2), Duration.ZERO);

        // Then
        assertThat(second.ended).containsExactly("rolled back");
        assertThat(told.counted()).isEmpty();
        assertThat(partition.handedOutAgain()).isEqualTo("0 1 2 3 4 | 5 6 7 | 8 9");
    }

    @Test
    void whatIsStoredIsRolledBackWithABatchThatFails() {
        // Given
        Store store = store(partition.routed(2));

        // When
        settlement.failed(partition.next(2), new IllegalStateException("a step threw"));

        // Then
        assertThat(store.ended).containsExactly("rolled back");
        assertThat(partition.handedOutAgain()).isEqualTo("0 1 | 2 | 3");
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
}
